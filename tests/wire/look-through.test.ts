import { expect, test } from "vitest";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { type Preview, publish } from "#lib/publishing/publish.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { folderWith, incident, put } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const SITE = `name: Tidewater Parcels
url: https://status.tidewater.example
support: { email: help@tidewater.example }
components: [{ id: api, name: API }]
`;

/** An installation with one file that is about to be published, and subscribers by e-mail. */
async function about(body: string, subscribers: readonly string[], site = SITE): Promise<Environment> {
  const content = folderWith({ "site.yaml": site, "z.md": incident("Nothing of it") });
  const environment = { port: 0, host: "127.0.0.1", content, data: folderWith({}) };
  await publish(environment, { now: NOW, isQuiet: true });
  await subscribe(environment, subscribers, NOW);
  const update = `updates:\n  - at: 2026-11-22T11:59Z\n    status: investigating\n    body: |\n      ${body}`;
  put(content, "2026/a.md", `---\ntitle: Labels are late\nimpact: major\ncomponents: [api]\n${update}\n---\n`);
  return environment;
}

async function ledgerOf(environment: Environment): Promise<string[]> {
  await using database = await openDatabase(databaseOf(environment));
  const kinds: string[] = [];
  for await (const { kind } of readLedger(database))
    if (!["subscribed", "live", "recorded"].includes(kind)) kinds.push(kind);
  return kinds;
}

async function tokenOf(environment: Environment): Promise<string> {
  await using database = await openDatabase(databaseOf(environment));
  return (await vaultOf(database, await readSecrets(environment))).token("subscription1");
}

test("an update with a subscriber's address is neither published nor told; its place is named and the address is not", async () => {
  const environment = await about("We wrote to *Jon@Customer.example* about it.", [
    "jon@customer.example",
    "b@x.example",
  ]);
  const { snapshot, problems } = await publish(environment, { now: NOW });
  expect(snapshot).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ rule: "secret", severity: "error", place: { file: "2026/a.md", line: 9 } });
  expect(problems[0]?.message).toContain("The address or token of another subscriber would be sent");
  expect(problems[0]?.remedy).toContain("--quiet");
  expect(JSON.stringify(problems).toLowerCase()).not.toContain("jon@");
  expect(await ledgerOf(environment)).toEqual(["guarded"]);
  expect((await publish(environment, { now: NOW, isQuiet: true })).isChange).toBe(true);
  expect(await ledgerOf(environment)).toEqual(["guarded"]);
});

test("a link of somebody's own subscription stops it just so", async () => {
  const environment = await about("Soon.", ["a@x.example", "b@x.example"]);
  const token = await tokenOf(environment);
  put(
    environment.content,
    "2026/a.md",
    `---\ntitle: Labels are late\nimpact: major\ncomponents: [api]\nupdates:\n  - at: 2026-11-22T11:59Z\n    status: investigating\n    body: See /subscriptions/${token}\n---\n`,
  );
  const { isChange, problems } = await publish(environment, { now: NOW });
  expect(isChange).toBe(false);
  expect(problems.map(({ message }) => message).join()).toContain("[another-subscriber]");
  expect(JSON.stringify(problems)).not.toContain(token);
});

test("a dry run says so as well, and leaves no trace", async () => {
  const environment = await about("We wrote to jon@customer.example about it.", ["jon@customer.example"]);
  let seen: Preview | undefined;
  const approve = (preview: Preview) => {
    seen = preview;
    return Promise.resolve(false);
  };
  const { problems } = await publish(environment, { now: NOW, approve });
  expect(seen?.stops).toHaveLength(1);
  expect(problems).toHaveLength(1);
  expect(await ledgerOf(environment)).toEqual([]);
});

test.each([
  ["the site's own support address", "Write to help@tidewater.example.", SITE, ["help@tidewater.example"]],
  ["an address of nobody who is subscribed", "Write to press@tidewater.example.", SITE, ["a@x.example"]],
  [
    "an address that site.yaml allows",
    "Write to a@x.example.",
    `${SITE}guard: { allow: [{ match: another-subscriber, file: 2026/a.md, reason: Our own postbox }] }\n`,
    ["a@x.example"],
  ],
])("%s may be told", async (_, body, site, subscribers) => {
  const environment = await about(body, subscribers, site);
  expect(await publish(environment, { now: NOW })).toMatchObject({ isChange: true });
  expect(await ledgerOf(environment)).toEqual(["sealed"]);
});

test("a name on the deny list is not sent in a correction either", async () => {
  const deny = `${SITE}guard: { deny: [Blue Heron] }\n`;
  const environment = await about("We are looking into it.", ["a@x.example", "b@x.example"], deny);
  await publish(environment, { now: NOW });
  await using operations = await DeliveryOperations.open(environment);
  const [told] = await operations.reach({}, 1);
  const order = { notice: told?.notice.id ?? "", by: "mara", at: NOW + 1 };
  await expect(operations.correct({ ...order, message: "It was blue-heron." })).rejects.toThrow("deny list");
  await expect(operations.correct({ ...order, message: "Ask b@x.example." })).rejects.toThrow("another subscriber");
  expect(await ledgerOf(environment)).toEqual(["sealed", "guarded", "guarded"]);
  expect((await operations.correct({ ...order, message: "It was not so." })).notice.kind).toBe("correction");
});
