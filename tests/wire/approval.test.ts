import { expect, test } from "vitest";
import { account } from "#lib/access/account.ts";
import type { Actor } from "#lib/model/actor.ts";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { publish } from "#lib/publishing/publish.ts";
import { databaseOf } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { recentFacts } from "#lib/store/ledger.ts";
import { incident, put, SITE } from "./content-folder.ts";
import { NOW, type Office, openOffice } from "./office.ts";
import { subscribe } from "./subscribers.ts";

const ENTRY = `---
title: Labels are late
impact: major
components: [api]
updates:
  - { at: 2026-11-22T09:59Z, status: investigating, body: We are looking into it. }
---
`;

const STRICT = `${SITE}notices: { approve_above: 1 }\n`;

/** A notice to two subscribers that waits for a second person. */
async function waiting(
  by: { by?: string; token?: string },
  site = STRICT,
): Promise<{ office: Office; notice: string }> {
  const office = await openOffice({ "old.md": incident("Old") });
  const { content } = office.environment;
  put(content, "site.yaml", STRICT);
  await publish(office.environment, { now: NOW, isQuiet: true });
  await subscribe(office.environment, ["a@x.example", "b@x.example"], NOW);
  for (const [name, email] of [["Anna"], ["anna phone", "A@x.example"], ["Anna desk", "a@x.example"], ["ben"]] as const)
    await office.tokens.add({ name, role: "publisher", email }, NOW);
  put(content, "site.yaml", site);
  put(content, "new.md", ENTRY);
  await publish(office.environment, { now: NOW, ...by });
  await using operations = await DeliveryOperations.open(office.environment);
  const [told] = await operations.reach({}, 1);
  expect(told?.state).toBe("awaiting_approval");
  return { office, notice: told?.notice.id ?? "" };
}

const token = (name: string): Actor => ({ kind: "token", name });
const shell = (name: string): Actor => ({ kind: "account", name });

test.each([
  ["the token that published", { token: "Anna" }, token("Anna")],
  ["the same name in other letters", { token: "Anna" }, token("anna")],
  ["another token with the same e-mail address", { token: "Anna desk" }, token("anna phone")],
  ["any account, of what a token published", { token: "Anna" }, shell("deploy")],
  ["the account that published", {}, shell(account())],
  ["the account that published in another's name", { by: "ben" }, shell(account())],
  ["a token of the name in which it was published", { by: "ben" }, token("ben")],
])("no second person is %s", async (_, published, by) => {
  const { office, notice } = await waiting(published);
  await using operations = await DeliveryOperations.open(office.environment);
  await expect(operations.approve(notice, { by, at: NOW + 1 })).rejects.toMatchObject({ code: "SAME_PERSON" });
  expect((await operations.reach({ notice }, 1))[0]?.state).toBe("awaiting_approval");
});

test.each([
  ["another token", { token: "Anna" }, token("ben"), "token ben"],
  ["a token, of what an account published", {}, token("ben"), "token ben"],
  ["another account, of what an account published", {}, shell("someone-else"), "account someone-else"],
])("a second person is %s, and the ledger says which", async (_, published, by, text) => {
  const { office, notice } = await waiting(published);
  await using operations = await DeliveryOperations.open(office.environment);
  expect(await operations.approve(notice, { by, at: NOW + 1 })).toBe(1);
  await using database = await openDatabase(databaseOf(office.environment));
  expect(await recentFacts(database, ["approved"], NOW)).toMatchObject([{ data: { by: text, channel: "email" } }]);
  expect((await operations.verify()).faults).toEqual([]);
});

test("who publishes cannot do away with the second person in the same publication", async () => {
  const { office, notice } = await waiting({ token: "Anna" }, SITE);
  await using operations = await DeliveryOperations.open(office.environment);
  await expect(operations.approve(notice, { by: token("Anna"), at: NOW + 1 })).rejects.toMatchObject({
    code: "SAME_PERSON",
  });
});
