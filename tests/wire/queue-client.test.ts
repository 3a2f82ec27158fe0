import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { openQueueClient } from "#lib/delivery/queue-client.ts";
import type { Halt } from "#lib/model/delivery.ts";
import { halt } from "#lib/store/halts.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

function opens(location: string, ledgerKey: Office["vault"]["ledgerKey"], outer: readonly Halt[] = []) {
  const queue = openQueueClient({ location, worker: "one", deadAfterMs: 30_000, ledgerKey }, () => outer);
  onTestFinished(() => queue.close());
  return queue;
}

test.each(STORES)("answers as the store does, and keeps the texts it was asked for (%s)", async (kind) => {
  const location = await newLocation(kind);
  const office = new Office(await opened(location));
  await office.subscribe("a");
  await office.publish({ a: said("2026-03-05T10:00Z investigating Sign-in fails.") }, "2026-03-05T10:01Z");
  const queue = opens(location, office.vault.ledgerKey);
  const [seal] = await queue.openSeals();
  expect(seal).toMatchObject({ channel: "webhook", recipients: 1 });
  if (!seal) return;
  const claimed = await queue.exchange([], [{ seal, most: 10 }], Date.now());
  expect(claimed).toMatchObject([{ notice: seal.notice, attempt: 1 }]);
  // The guard looks through a text once: it has to be the very same.
  const text = await queue.sealedText(seal.notice, "webhook");
  expect(await queue.sealedText(seal.notice, "webhook")).toBe(text);
  await expect(queue.sealedText("no such notice", "webhook")).rejects.toThrow("no result");
});

test("a failure of the store arrives with its code", async () => {
  const location = await newLocation("sqlite");
  const office = new Office(await opened(location));
  const queue = opens(location, office.vault.ledgerKey);
  await queue.openSeals();
  await office.database.query.schema.dropTable("worker").execute();
  await expect(queue.leave()).rejects.toMatchObject({ code: "ERR_SQLITE_ERROR" });
});

test("a halt outside the store is told without asking the store", async () => {
  const location = await newLocation("sqlite");
  const office = new Office(await opened(location));
  const { database } = office;
  await halt(database, { scope: "channel:email", why: "wrong words", at: 1, by: "tester" });
  const outer: Halt[] = [];
  const queue = opens(location, office.vault.ledgerKey, outer);
  expect(await queue.halts()).toMatchObject([{ scope: "channel:email" }]);
  await database.query.schema.dropTable("halt").execute();
  await expect(queue.halts()).rejects.toThrow();
  outer.push({ scope: "all", why: "There is a file HALT.", at: 0, by: "the file HALT" });
  expect(await queue.halts()).toEqual(outer);
});

test("a thread that cannot go on takes its process with it", async () => {
  const script = `
    import { openDepotBeside } from "${new URL("../../lib/delivery/queue-client.ts", import.meta.url).href}";
    openDepotBeside({ location: "/dev/null/none.db", worker: "one", deadAfterMs: 1000 }, () => []);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "ignore" });
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
});
