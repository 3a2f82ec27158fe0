import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";

/**
 * `npm run soak -- dates [file…]`: the tests of what computes, or those that are named, at moments and in zones in which
 * calendars are hard. The clock of every process is set; it goes on from there, so that a year ends while tests run.
 */
const MOMENTS = [
  ["29 February", "2028-02-29T12:00:00Z", "UTC"],
  ["31 December at 23:59", "2026-12-31T23:59:30Z", "UTC"],
  ["31 December at 23:59, an hour before UTC", "2026-12-31T23:59:30+01:00", "Europe/Copenhagen"],
  ["the night in which clocks go forward", "2027-03-28T01:59:30+01:00", "Europe/Copenhagen"],
  ["the night in which clocks go back", "2026-10-25T02:59:30+02:00", "Europe/Copenhagen"],
] as const;

const ROOT = resolve(import.meta.dirname, "..");
const files = process.argv.slice(2);
const which = files.length > 0 ? files : ["--project", "computing"];

for (const [name, at, zone] of MOMENTS) {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--reporter=default", ...which],
    {
      cwd: ROOT,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        NODE_ENV: "test",
        CANDOR_SUITE_SKEW: String(Date.parse(at) - Date.now()),
        CANDOR_SUITE_ZONE: zone,
      },
    },
  );
  if (status !== 0) process.stdout.write(`${stdout}${stderr}\n`);
  const counts = /^ *Tests +(.*)$/m.exec(stripVTControlCharacters(stdout))?.[1] ?? "none ran";
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? "✓" : "✗"} ${name}, ${zone}: ${counts}, ${seconds} s\n`);
  if (status !== 0) process.exitCode = 1;
}
