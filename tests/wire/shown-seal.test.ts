import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const SECRET = "a secret of sixteen or more";
const LABELS = `---
title: Labels are late
impact: major
components: [api]
updates:
  - { at: 2026-11-22T09:59Z, status: investigating, body: We look into it. }
---
`;

/** Two who got a mail, and a webhook's owner. */
async function told(): Promise<{ environment: Environment; notice: string }> {
  const root = folderWith({ "content/site.yaml": SITE });
  const content = join(root, "content");
  const environment: Environment = { port: 0, host: "127.0.0.1", content, data: join(root, "data"), secret: SECRET };
  await publish(environment, { now: NOW });
  await subscribe(environment, ["ada@example.com", "grace@example.com"], NOW);
  put(content, "labels.md", LABELS);
  await publish(environment, { now: NOW });
  const delivering = await startDelivery(environment, {
    clock: () => NOW + 1,
    onError: (error) => expect(error).toBeUndefined(),
    onAlarm: () => undefined,
    onTold: () => undefined,
  });
  await delivering.idle();
  await delivering.stop();
  const { database } = await openStore(environment);
  const { id } = await database.query.selectFrom("notice").select("id").executeTakeFirstOrThrow();
  await database.close();
  return { environment, notice: id };
}

async function shown(environment: Environment, notice: string, to?: string) {
  await using operations = await DeliveryOperations.open(environment);
  return await operations.shown(notice, to);
}

test("the very words that somebody got are shown, with what proves them and without what is their own", async () => {
  const { environment, notice } = await told();
  const [mail, ...more] = await shown(environment, notice, "ada@example.com");
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    channel: "email",
    isAsSealed: true,
    proof: { isGood: true },
    sent: { isSame: true },
    notes: [],
  });
  expect(mail?.message.subject).toContain("Labels are late");
  for (const text of [mail?.message.text, mail?.message.html]) {
    expect(text).toContain("We look into it.");
    expect(text).toContain("/subscriptions/[masked]");
    expect(text).not.toContain("ada@example.com");
    expect(text).not.toMatch(/subscription0-/);
  }
  expect(await shown(environment, notice, "nobody@example.com")).toEqual([]);
  expect(await shown(environment, "none")).toEqual([]);
  const [all] = await shown(environment, notice);
  expect(all?.message.text).toContain("We look into it.");
  expect(all?.notes).toEqual([expect.stringContaining("each recipient's own")]);
});

test("after an erasure or a changed secret it is said what cannot be shown, and a changed text is not passed off", async () => {
  const { environment: former, notice } = await told();
  const renewed = { ...former, secret: "another one of sixteen or more", formerSecrets: [SECRET] };
  const [other] = await shown(renewed, notice, "ada@example.com");
  expect(other).toMatchObject({ proof: { isGood: true }, sent: { isSame: false } });
  expect(other?.notes).toEqual([expect.stringContaining("cannot be made again byte for byte")]);
  expect(other?.message.text).toContain("We look into it.");

  const { database } = await openStore(renewed);
  onTestFinished(() => database.close());
  await new SubscriptionStore(database).erase("subscription1", NOW + 2);
  const [erased] = await shown(renewed, notice, "grace@example.com");
  expect(erased).toMatchObject({ isAsSealed: true, proof: { isGood: true } });
  expect(erased?.notes[0]).toContain("The subscriber was erased");
  expect(erased?.message.text).toContain("We look into it.");

  const { rendering } = await database.query.selectFrom("seal").select("rendering").executeTakeFirstOrThrow();
  const changed = rendering.replaceAll("look into", "know about");
  await database.query.updateTable("seal").set({ rendering: changed }).execute();
  const [altered] = await shown(renewed, notice, "ada@example.com");
  expect(altered).toMatchObject({ isAsSealed: false, proof: { isGood: false }, sent: { isSame: false } });
});

test("a worker whose ledger is exchanged under it stops and says so", async () => {
  const { environment } = await told();
  const { database } = await openStore(environment);
  onTestFinished(() => database.close());
  const alarms: string[] = [];
  const stopped = Promise.withResolvers<string>();
  const delivering = await startDelivery(environment, {
    clock: () => NOW + 3,
    onError: () => undefined,
    onAlarm: (message) => alarms.push(message),
    onTold: () => undefined,
    onStop: stopped.resolve,
  });
  onTestFinished(() => delivering.stop());
  await database.query
    .updateTable("meta")
    .set({ value: '{"seq":1,"hash":"00"}' })
    .where("key", "=", "ledger_head")
    .execute();
  expect(await stopped.promise).toContain("was not written with its key");
  expect(alarms[0]).toContain("somebody has changed the database");
});
