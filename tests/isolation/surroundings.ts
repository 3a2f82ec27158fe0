import { homedir } from "node:os";
import { join } from "node:path";

/** What somebody may have set for a site of theirs, or for tools of theirs, and what no test is to depend on. */
const OF_A_USER =
  /^(?:CANDOR_.*|DATABASE_URL|PG.*|SMTP_.*|MAIL_.*|DKIM_.*|VAPID_.*|PORT|HOST|TZ|LANG|LANGUAGE|LC_.*|NODE_OPTIONS|NODE_PATH|GIT_.*|EMAIL|XDG_.*|(?:https?|ftp|all|no)_proxy|npm_.*|NODE_USE_ENV_PROXY|EDITOR|VISUAL|PAGER)$/i;

/** What says how the tests themselves are to run: which browser, where more files of other programs are, how long, and when. */
const OF_THE_TESTS = new Set([
  "CANDOR_CHROMIUM",
  "CANDOR_CORPORA",
  "CANDOR_SOAK",
  "CANDOR_SUITE_SKEW",
  "CANDOR_SUITE_ZONE",
]);

/** The variables without those of a user's; with where the browsers are that were installed for the user. */
export function withoutUsers(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {
    ...variables,
    PLAYWRIGHT_BROWSERS_PATH: variables["PLAYWRIGHT_BROWSERS_PATH"] ?? browsersOf(variables),
  };
  for (const name of Object.keys(kept)) if (OF_A_USER.test(name) && !OF_THE_TESTS.has(name)) delete kept[name];
  return kept;
}

/** Where Playwright keeps browsers unless it is told otherwise: below the home folder, which tests do not share. */
function browsersOf(variables: NodeJS.ProcessEnv): string {
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library/Caches/ms-playwright");
    case "win32":
      return join(variables["LOCALAPPDATA"] ?? join(homedir(), "AppData/Local"), "ms-playwright");
    default:
      return join(variables["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "ms-playwright");
  }
}
