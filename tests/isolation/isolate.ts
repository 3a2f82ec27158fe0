import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withoutUsers } from "./surroundings.ts";

/** Loaded into every process of Node.js that a test runs in or starts. */
const GUARD = pathToFileURL(join(import.meta.dirname, "refuse.mjs")).href;

/** Takes what a user has set from this process and from all that it starts, and has them refuse to write elsewhere. */
export function isolateProcess(): void {
  const kept = withoutUsers(process.env);
  for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
  Object.assign(process.env, kept, { NODE_OPTIONS: `--import=${GUARD}`, GIT_CONFIG_NOSYSTEM: "1" });
}

/** A home, a folder for temporary files and an empty data folder of one's own, for this process and all that it starts. */
export interface OwnFolders {
  /** Lists what was refused: a line each. */
  readonly refusals: string;
  remove(): void;
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
  const refusals = join(folder, "refusals");
  Object.assign(process.env, {
    CANDOR_TEST_TEMPORARY: outer,
    CANDOR_TEST_REFUSALS: refusals,
    CANDOR_DATA: join(folder, "data"),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  });
  return { refusals, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
