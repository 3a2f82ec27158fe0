import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { casesOf } from "#tests/soak.ts";
import { test } from "./support/alone.ts";
import { type Folders, serve, temporary } from "./support/candor.ts";
import { writeEmptySite } from "./support/sites.ts";
import { started } from "./support/started.ts";

/** A site that was never published. */
function site(folder: string): Folders {
  writeEmptySite(join(folder, "content"));
  return { content: join(folder, "content"), data: join(folder, "data") };
}

/** What befalls whom: npm, its whole process group as a terminal's key does, or a process by words of its command line. */
const ENDS = [
  ["start", "npm is told to stop", "npm", "SIGTERM"],
  ["start", "npm is interrupted", "npm", "SIGINT"],
  ["start", "Ctrl+C is pressed", "group", "SIGINT"],
  ["start", "the terminal is closed", "group", "SIGHUP"],
  ["start", "npm is killed", "npm", "SIGKILL"],
  ["start", "the front door is killed", "front-door.mjs", "SIGKILL"],
  ["start", "the server is killed", "bin/start.ts", "SIGKILL"],
  ["dev", "npm is told to stop", "npm", "SIGTERM"],
  ["dev", "Ctrl+C is pressed", "group", "SIGINT"],
  ["dev", "npm is killed", "npm", "SIGKILL"],
] as const;

/** One of each kind: a process that is told, all of them at once, and each that is killed without a word. */
const FEW = ENDS.filter(([script, , to, signal]) =>
  script === "start" ? signal === "SIGKILL" || to + signal === "npmSIGTERM" : to === "group",
);

for (const [script, name, to, signal] of casesOf("ways to end npm", FEW, ENDS)) {
  test(`npm run ${script} leaves nothing running when ${name}`, async () => {
    using folder = temporary("start");
    await using run = await started(script, site(folder.path));
    expect((await fetch(run.url ?? "")).status).toBe(200);
    const npm = run.npm.pid ?? 0;
    process.kill(to === "npm" ? npm : to === "group" ? -npm : (run.find(to) ?? 0), signal);
    await run.gone();
    expect(run.log(), "no stack, and nothing started again").not.toMatch(/\n\s+at |starts again/);
  });
}

test("a port that is taken is told with who has it, and nothing has been published", async () => {
  using folder = temporary("start");
  const folders = site(folder.path);
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  for (const script of ["start", "dev"] as const) {
    await using refused = await started(script, folders, port);
    expect(refused.npm.exitCode).toBe(1);
    const who = process.platform === "linux" ? String.raw`by process ${process.pid}, “\S+”` : "by which process .*";
    expect(refused.log()).toMatch(
      new RegExp(`^Port ${port} is in use \\(${who}\\)\\. Set PORT to another, or stop`, "m"),
    );
    expect(refused.log()).not.toMatch(/\n\s+at /);
    expect(existsSync(folders.data)).toBe(false);
  }
  other.close();
});

test("a second start on one data folder is refused; a server beside it is not, nor is a start after a kill", async () => {
  using folder = temporary("start");
  const folders = site(folder.path);
  await using first = await started("start", folders);
  await using second = await started("start", folders);
  expect(second.npm.exitCode).toBe(1);
  expect(second.log()).toContain(
    `Candor runs on the data folder ${folders.data} already (process ${first.find("bin/start.ts")}, since 2`,
  );
  expect(second.log()).not.toMatch(/\n\s+at |is up/);
  await using beside = await serve(folders);
  expect((await fetch(beside.url)).status).toBe(200);
  process.kill(first.find("bin/start.ts") ?? 0, "SIGKILL");
  await first.gone();
  await using third = await started("start", folders);
  expect((await fetch(third.url ?? "")).status).toBe(200);
  process.kill(third.npm.pid ?? 0, "SIGTERM");
  await third.gone();
});
