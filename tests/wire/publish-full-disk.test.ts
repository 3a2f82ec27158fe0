import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { publish } from "#lib/publishing/publish.ts";
import { listSnapshots } from "#lib/publishing/rollback.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { folderWith, incident, put, SITE } from "./content-folder.ts";
import { noisePng } from "./noise.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const ROOT = resolve(import.meta.dirname, "../..");

/** A site that has published once, with more to publish than the place for it holds. */
async function published(data: string): Promise<Environment> {
  const content = folderWith({ "site.yaml": SITE, "a.md": incident("A") });
  const environment = { port: 0, host: "127.0.0.1", content, data };
  await publish(environment, { now: NOW });
  put(content, "noise.png", noisePng(2_000_000));
  put(content, "a.md", incident("B", "", "![noise](noise.png)\n"));
  return environment;
}

/** What was published before is shown, and the store can be written again. */
async function expectUnharmed(environment: Environment): Promise<void> {
  expect((await listSnapshots(environment)).map(({ id }) => id)).toEqual([1]);
  put(environment.content, "a.md", incident("C"));
  expect(await publish(environment, { now: NOW })).toMatchObject({ isChange: true, snapshot: { id: 2 } });
}

/** Mounting takes an administrator; where that is not allowed, the second test stands alone, and the first is told as skipped. */
function mount(folder: string, size: string): boolean {
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status === 0;
  if (isMounted) onTestFinished(() => void spawnSync("umount", [folder]));
  return isMounted;
}

test("on a full disk nothing is published, what was stays, and it is said in words", async (context) => {
  const data = folderWith({});
  if (!mount(data, "1m")) context.skip("A file system of a fixed size cannot be mounted here.");
  const environment = await published(data);
  const location = databaseOf(environment);
  await expect(publish(environment, { now: NOW })).rejects.toThrow(
    `The database ${location} could not be written: database or disk is full. What was there before is unharmed. Look at the free space and the permissions of its folder.`,
  );
  // A server that was there all along goes on reading.
  await using database = await openDatabase(location);
  await database.query.selectFrom("snapshot").select("id").execute();
  await expectUnharmed(environment);
});

test("where files may not grow, nothing is published, what was stays, and the command says so", async () => {
  const environment = await published(folderWith({}));
  const words = `trap "" XFSZ; ulimit -f 500; exec "$0" --disable-warning=ExperimentalWarning "$@"`;
  const ended = spawnSync("bash", ["-c", words, process.execPath, join(ROOT, "bin/candor.ts"), "publish"], {
    encoding: "utf8",
    env: { ...process.env, CANDOR_CONTENT: environment.content, CANDOR_DATA: environment.data },
  });
  expect(ended.stderr).toMatch(/^The database \S+candor\.db could not be written: .+\n$/);
  expect(ended.status).toBe(1);
  await expectUnharmed(environment);
});
