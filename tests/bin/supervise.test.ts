import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { publishFirst } from "#lib/publishing/publish.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { folderWith, SITE } from "../wire/content-folder.ts";

test("delivery that finds a foreign ledger says so and stays stopped, and what started it goes on", async () => {
  const folders = { CANDOR_CONTENT: folderWith({ "site.yaml": SITE }), CANDOR_DATA: folderWith({}) };
  await publishFirst(readEnvironment(folders), Date.now());
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "supervised.ts")], {
    env: { ...process.env, ...folders },
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await once(child, "close");
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => {
      said += part.toString();
    });
  const says = (words: string) => expect.poll(() => said).toContain(words);
  await says("Delivery is up.");
  writeFileSync(join(folders.CANDOR_DATA, "ledger-head.json"), JSON.stringify({ seq: 1, hash: "00", mac: "00" }));
  await says("does not start again by itself");
  expect(said).toContain("was not written with the key of this database's ledger");
  // Started with the same ledger it does not come up either, and whoever started that is told by the exit code.
  const again = spawn(process.execPath, [resolve(import.meta.dirname, "../../bin/candor.ts"), "deliver"], {
    env: { ...process.env, ...folders },
    stdio: "ignore",
  });
  expect(await once(again, "exit")).toEqual([3, null]);
  said = "";
  await says("Still here.");
  expect(said).not.toMatch(/Delivery/);
});
