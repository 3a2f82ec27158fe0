import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gather } from "./bench/live-load.ts";
import { startMeasured } from "./bench/server.ts";

/**
 * `npm run bench -- live [connections]`: as many readers hold `/live` open on one server, the demonstration site is
 * published anew a few times, and it is measured when the last of them has heard.
 */
const PORT = 3993;
const ROUNDS = 5;
const count = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), "candor-bench-live-"));
try {
  const folders = { content: join(folder, "content"), data: join(folder, "data") };
  cpSync("incidents", folders.content, { recursive: true });
  const server = await startMeasured(folders.content, folders.data, PORT);
  const before = server.memoryMb();
  const crowd = await gather(PORT, count);
  const times: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const heard = crowd.nextHeard();
    publish(folders, `Round ${round}`);
    const published = performance.now();
    times.push((await heard) - published);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const say = (what: string, value: number, unit: string) =>
    process.stdout.write(`${what.padEnd(58)} ${value.toFixed(0).padStart(9)} ${unit}\n`);
  say("connections to /live on one server", crowd.connected(), "");
  say("memory of the server without them", before, "MB");
  say("memory of the server with them (at most 1,000)", server.memoryMb(), "MB");
  say("from the end of publish until the last has heard, median", sorted[Math.floor(ROUNDS / 2)] ?? 0, "ms");
  say("the slowest of these (at most 2,000)", sorted.at(-1) ?? 0, "ms");
  crowd.close();
  await server.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function publish({ content, data }: { readonly content: string; readonly data: string }, title: string): void {
  const now = new Date().toISOString();
  const text = `---\ntitle: ${title}\nupdates:\n  - { at: ${now}, status: investigating, body: We look for the cause. }\n---\n`;
  writeFileSync(join(content, `${title.replace(" ", "-").toLowerCase()}.md`), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/candor.ts", "publish", "--yes", "--quiet"], {
    env: { ...process.env, CANDOR_CONTENT: content, CANDOR_DATA: data },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout + stderr);
}
