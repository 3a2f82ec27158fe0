import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import { backUp, restore } from "#lib/operation/backup.ts";
import { type Preview, publish } from "#lib/publishing/publish.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { newLocation, STORES } from "../databases.ts";
import { folderWith, put, SITE } from "../wire/content-folder.ts";
import { subscribe } from "../wire/subscribers.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;

const incident = (title: string, at = "2026-11-22T11:50Z") =>
  `---\ntitle: ${title}\nstarted: ${at}\nimpact: major\ncomponents: [api]\nupdates: [{ at: ${at}, status: investigating, body: ${title} again. }]\n---\n`;

async function siteOn(kind: (typeof STORES)[number]): Promise<Environment> {
  const root = folderWith({ "content/site.yaml": SITE });
  const folders = { content: join(root, "content"), data: join(root, "data") };
  const environment = { port: 0, host: "127.0.0.1", secret: "one secret for all of it", ...folders };
  const whole = kind === "postgres" ? { ...environment, databaseUrl: await newLocation(kind) } : environment;
  await publish(whole, { now: NOW });
  await subscribe(whole, ["ada@example.com", "grace@example.com", "joan@example.com"], NOW);
  return whole;
}

/** Delivers all that is due, and lets the worker do what it does every few seconds. @returns to whom mails went, of all times */
async function mailed(environment: Environment, now: number): Promise<readonly string[]> {
  const delivering = await startDelivery(environment, {
    clock: () => now,
    onError: (error) => expect(error).toBeUndefined(),
    onAlarm: () => undefined,
    onTold: () => undefined,
  });
  await delivering.idle();
  await delivering.stop();
  await using database = await openDatabase(databaseOf(environment));
  const rows = await database.query
    .selectFrom("delivery")
    .innerJoin("notice", "notice.id", "delivery.notice")
    .select(["notice.slug", "delivery.subscription"])
    .where("delivery.state", "=", "accepted")
    .execute();
  return rows.map(({ slug, subscription }) => `${slug} ${subscription}`).sort();
}

async function endTwo(environment: Environment): Promise<void> {
  const { database } = await openStore(environment);
  await using _ = database;
  const store = new SubscriptionStore(database);
  await store.erase("subscription0", NOW + 1_000);
  await store.end("subscription1", "left", NOW + 1_000);
}

test.each(STORES)(
  "on %s who was erased or has left since the backup hears nothing after it is restored",
  async (kind) => {
    const environment = await siteOn(kind);
    const file = await backUp(environment, NOW);
    await endTwo(environment);
    const { carried } = await restore(environment, file, { now: NOW + 2_000, isForced: false });
    expect(carried.ended).toBe(2);
    await using database = await openDatabase(databaseOf(environment));
    const rows = await database.query
      .selectFrom("subscription")
      .select(["id", "state", "address"])
      .orderBy("id")
      .execute();
    expect(rows).toMatchObject([
      { state: "ended", address: null },
      { state: "ended", address: expect.any(String) },
      { state: "active" },
    ]);
    put(environment.content, "labels.md", incident("Labels fail"));
    await publish(environment, { now: NOW + 3_000, decision: ["labels"] });
    expect(await mailed(environment, NOW + 4_000)).toStrictEqual(["labels subscription2"]);
  },
);

test("with the database gone the signed list beside it answers; without it, or with another, somebody is asked", async () => {
  const environment = await siteOn("sqlite");
  const file = await backUp(environment, NOW, join(folderWith({}), "backup.db"));
  await endTwo(environment);
  await backUp(environment, NOW + 1_500, join(folderWith({}), "later.db"));
  const loseDatabase = () => {
    for (const end of ["", "-wal", "-shm"]) rmSync(databaseOf(environment) + end, { force: true });
  };
  const bring = (more: object = {}) => restore(environment, file, { now: NOW + 2_000, isForced: false, ...more });

  loseDatabase();
  expect((await bring()).carried.ended).toBe(2);

  loseDatabase();
  const list = join(environment.data, "erasures.json");
  const signed = readFileSync(list, "utf8");
  const { list: all, proof } = JSON.parse(signed) as { list: string; proof: string };
  const fewer = JSON.stringify({ list: JSON.stringify((JSON.parse(all) as unknown[]).slice(1)), proof });
  for (const wrong of [fewer, signed.slice(0, 40), undefined]) {
    if (wrong === undefined) rmSync(list);
    else writeFileSync(list, wrong);
    await expect(bring()).rejects.toMatchObject({ code: "NO_ERASURES" });
  }
  loseDatabase();
  expect((await bring({ withoutErasures: true })).carried.ended).toBe(0);
});

test("what the database in hand has told is told by nobody again, and what still waited is asked about", async () => {
  const environment = await siteOn("sqlite");
  const file = await backUp(environment, NOW);
  put(environment.content, "labels.md", incident("Labels fail"));
  await publish(environment, { now: NOW + 1_000 });
  const all = ["labels subscription0", "labels subscription1", "labels subscription2"];
  expect(await mailed(environment, NOW + 1_000)).toStrictEqual(all);
  put(environment.content, "scales.md", incident("Scales fail"));
  await publish(environment, { now: NOW + 2_000 });
  await restore(environment, file, { now: NOW + 3_000, isForced: false });
  const previews: Preview[] = [];
  const approve = (preview: Preview) => Promise.resolve(previews.push(preview) > 0);
  await expect(publish(environment, { now: NOW + 4_000, approve })).rejects.toMatchObject({ code: "UNDECIDED" });
  expect(previews[0]?.asked.map(({ notice }) => notice.event.slug)).toStrictEqual(["scales"]);
});

test.each(STORES)("on %s all that happened after a backup, however long ago, waits for a decision", async (kind) => {
  const environment = await siteOn(kind);
  const source = databaseOf(environment);
  const file = await backUp(environment, NOW);
  const at = NOW + 40 * HOUR;
  const fresh =
    kind === "postgres"
      ? { ...environment, databaseUrl: await newLocation(kind) }
      : { ...environment, data: folderWith({}) };
  expect(databaseOf(fresh)).not.toBe(source);
  await restore(fresh, file, { now: at, isForced: false, withoutErasures: true });
  put(environment.content, "old.md", incident("Old one", "2026-11-22T13:00Z"));
  put(environment.content, "labels.md", incident("Labels fail", "2026-11-24T03:00Z"));
  put(environment.content, "scales.md", incident("Scales fail", "2026-11-24T03:10Z"));
  await expect(publish(fresh, { now: at })).rejects.toMatchObject({ code: "UNDECIDED" });
  await expect(publish(fresh, { now: at, decision: ["lables"] })).rejects.toThrow(
    "There is nothing to decide on about “lables”. To be decided on: old, labels, scales.",
  );
  expect(await mailed(fresh, at)).toStrictEqual([]);

  await publish(fresh, { now: at, decision: ["old", "labels"] });
  const told = ["labels", "old"].flatMap((slug) => [0, 1, 2].map((id) => `${slug} subscription${id}`));
  expect(await mailed(fresh, at)).toStrictEqual(told);
  put(environment.content, "new.md", incident("New one", "2026-11-24T03:30Z"));
  await publish(fresh, { now: at + 1_000 });
  expect(await mailed(fresh, at + 1_000)).toStrictEqual(
    ["labels", "new", "old"].flatMap((slug) => [0, 1, 2].map((id) => `${slug} subscription${id}`)),
  );
});

test("what time alone brings after a restoration waits for a decision as well, and the alarm says so", async () => {
  const environment = await siteOn("sqlite");
  put(
    environment.content,
    "move.md",
    "---\ntitle: Move\nscheduled: { start: 2026-11-22T14:00Z, end: 2026-11-22T16:00Z }\ncomponents: [api]\nupdates: [{ at: 2026-11-20T12:00Z, status: scheduled, body: We move. }]\n---\n",
  );
  await publish(environment, { now: NOW, isQuiet: true });
  const file = await backUp(environment, NOW);
  await restore(environment, file, { now: NOW + 1_000, isForced: false });
  const alarm = Promise.withResolvers<string>();
  const delivering = await startDelivery(environment, {
    clock: () => NOW + 2.5 * HOUR,
    onError: (error) => expect(error).toBeUndefined(),
    onAlarm: (message) => {
      if (message.includes("nobody can say here: move.")) alarm.resolve(message);
    },
    onTold: () => undefined,
  });
  onTestFinished(() => delivering.stop());
  expect(await alarm.promise).toContain("“candor publish”");
  const done = await publish(environment, { now: NOW + 2.5 * HOUR, decision: ["move"] });
  expect(done.isChange).toBe(true);
  await delivering.idle();
  await using database = await openDatabase(databaseOf(environment));
  expect(await database.query.selectFrom("notice").select("kind").execute()).toEqual([{ kind: "maintenance_begun" }]);
});
