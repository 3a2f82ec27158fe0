import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withoutUsers } from "./surroundings.ts";

/** Loaded into every process of Node.js that a test runs in or starts. */
const GUARD = pathToFileURL(join(import.meta.dirname, "refuse.mjs")).href;

/** Sets the clock of every such process, where `npm run soak -- dates` wants it set. */
const CLOCK = pathToFileURL(join(import.meta.dirname, "skewed-clock.mjs")).href;

/** Takes what a user has set from this process and from all that it starts, and has them refuse to write elsewhere. */
export function isolateProcess(): void {
  const kept = withoutUsers(process.env);
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
  const { CANDOR_SUITE_SKEW: skew, CANDOR_SUITE_ZONE: zone } = kept;
  Object.assign(process.env, kept, {
    NODE_OPTIONS: [GUARD, ...(skew ? [CLOCK] : [])].map((file) => `--import=${file}`).join(" "),
    GIT_CONFIG_NOSYSTEM: "1",
    ...(zone ? { TZ: zone } : {}),
  });
}

/** A home, a folder for temporary files and an empty data folder of one's own, for this process and all that it starts. */
interface OwnFolders {
  remove(): void;
}

/** @throws when something was refused since this was last asked, here or in what was started */
export function failOnRefusals(): void {
  const file = process.env["CANDOR_TEST_REFUSALS"] ?? "";
  if (!existsSync(file)) return;
  const refused = readFileSync(file, "utf8");
  rmSync(file);
  throw new Error(`This test wanted to read or write outside of folders that it made:\n${refused}`);
}

export function ownFolders(): OwnFolders {
  const outer = process.env["CANDOR_TEST_TEMPORARY"] ?? tmpdir();
  const folder = mkdtempSync(join(outer, "candor-tests-"));
  // PostgreSQL runs as a user of its own where the tests run as root.
  chmodSync(folder, 0o755);
  const home = join(folder, "home");
  const temporary = join(folder, "tmp");
  for (const each of [home, temporary]) mkdirSync(each);
  chmodSync(temporary, 0o755);
  Object.assign(process.env, {
    CANDOR_TEST_TEMPORARY: outer,
    CANDOR_TEST_REFUSALS: join(folder, "refusals"),
    CANDOR_DATA: join(folder, "data"),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  });
  return { remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
