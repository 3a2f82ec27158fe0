import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { vapidKeys } from "#lib/access/vapid.ts";
import { openVault } from "#lib/access/vault.ts";
import { verify } from "#lib/delivery/ledger.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { changeAll } from "#lib/subscribers/change.ts";
import { enter, eraseAll, remove } from "#lib/subscribers/enter.ts";
import { asCsv } from "#lib/subscribers/export-csv.ts";
import { importSubscribers } from "#lib/subscribers/import-csv.ts";
import { relockIn } from "#lib/subscribers/relock.ts";
import { findSubscribers, listSubscribers, pseudonymsOf, type Roster } from "#lib/subscribers/roster.ts";
import { siteOf } from "#tests/compile/site-of.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const ROOT = randomBytes(32);
const { config } = siteOf({}, "2026-11-23T12:00:00Z");
const ID = config.components[0]?.id ?? "";

/** One test on every store. */
function onEach(name: string, run: (roster: Roster) => Promise<void>): void {
  for (const kind of STORES) {
    // biome-ignore lint/nursery/useExpect: what is handed in expects.
    test(`${name} (${kind})`, async () => {
      const mailFolder = mkdtempSync(join(tmpdir(), "candor-mail-"));
      onTestFinished(() => rmSync(mailFolder, { recursive: true }));
      const database = await opened(await newLocation(kind));
      await using roster: Roster = {
        database,
        vault: openVault(["a secret of tests"], ROOT),
        store: new SubscriptionStore(database),
        config,
        mailFolder,
        allowPrivateTargets: false,
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
      await run(roster);
    });
  }
}

async function bring(roster: Roster, csv: string, dryRun = false) {
  const options = { now: NOW, dryRun, onProgress: () => undefined };
  return await importSubscribers(roster, Readable.from([csv]), options);
}

async function addresses(roster: Roster): Promise<string[]> {
  const found: string[] = [];
  for await (const { address, state } of listSubscribers(roster, {}, true)) found.push(`${address} ${state}`);
  return found.sort();
}

async function text(parts: AsyncIterable<string>): Promise<string> {
  let whole = "";
  for await (const part of parts) whole += part;
  return whole;
}

const entering = (address: string) =>
  ({ channel: "email", address, interest: { components: [], leastImpact: "none" } }) as const;

onEach("a list with mistakes brings in what is right, and names each line that is not", async (roster) => {
  const csv = [
    "\uFEFFType,Email,Components",
    `email,anna@example.org,${ID}`,
    'email,"ANNA@example.org",',
    "",
    "email,no address,",
    "sms,5551234,",
    "email,ben@example.org,Nothing we have",
    "webhook,https://hooks.example.com/x,",
    "email,,",
  ].join("\r\n");
  const rehearsed = await bring(roster, csv, true);
  expect(await addresses(roster)).toEqual([]);
  const report = await bring(roster, csv);
  expect(report).toEqual(rehearsed);
  expect(report).toMatchObject({ lines: 7, added: 2, known: 1, left: 0 });
  expect(report.faults.map(({ line }) => line)).toEqual([5, 6, 7, 9]);
  expect(await addresses(roster)).toEqual(["anna@example.org active", "https://hooks.example.com/x active"]);
  expect(await roster.database.query.selectFrom("letter").selectAll().execute()).toEqual([]);
  const [anna] = await findSubscribers(roster, "Anna@example.org");
  expect(anna).toMatchObject({ source: "import", interest: { components: [ID], leastImpact: "none" } });
});

onEach("who has left or was erased is not brought back by a list", async (roster) => {
  await bring(roster, "email\nanna@example.org\nben@example.org\ncleo@example.org");
  expect(await remove(roster, "anna@example.org", NOW)).toBe(1);
  expect(await eraseAll(roster, "ben@example.org", NOW)).toBe(1);
  const again = await bring(roster, "email\nanna@example.org\nben@example.org\ncleo@example.org");
  expect(again).toMatchObject({ added: 0, left: 2, known: 1 });
});

onEach("what is exported comes back as it was, and no spreadsheet takes it for a formula", async (roster) => {
  await enter(roster, entering("=cmd+x@example.org"), NOW);
  await enter(
    roster,
    { ...entering("anna@example.org"), interest: { components: [ID], leastImpact: "major", topics: ["reports"] } },
    NOW,
  );
  const csv = await text(asCsv(listSubscribers(roster, {}, true)));
  expect(csv).toContain(",'=cmd+x@example.org,");
  expect(csv).not.toMatch(/(?:^|,)"?[=+\-@]/m);
  const before = await roster.store.byId((await findSubscribers(roster, "anna@example.org"))[0]?.id ?? "");
  await roster.database.query.deleteFrom("subscription").execute();
  expect(await bring(roster, csv)).toMatchObject({ added: 2, faults: [] });
  expect(await addresses(roster)).toEqual(["=cmd+x@example.org active", "anna@example.org active"]);
  const [after] = await findSubscribers(roster, "anna@example.org");
  expect(after?.interest).toEqual(before?.interest);
});

onEach("an address is masked unless it is asked for", async (roster) => {
  await enter(roster, entering("anna@example.org"), NOW);
  for await (const one of listSubscribers(roster, {}, false)) {
    expect(JSON.stringify(one)).not.toContain("anna");
    expect(one.address).toBe("a…@e….org");
  }
});

onEach("erasing finds an address also after it has left, with its mails; its ledger stays readable", async (roster) => {
  await enter(roster, entering("anna@example.org"), NOW);
  await enter(roster, entering("ben@example.org"), NOW);
  writeFileSync(join(roster.mailFolder, "1.eml"), "Subject: x\r\nTo: anna@example.org\r\n\r\ntext");
  writeFileSync(join(roster.mailFolder, "2.eml"), "To: ben@example.org\r\n\r\nanna@example.org");
  await remove(roster, "anna@example.org", NOW);
  expect(await eraseAll(roster, "anna@example.org", NOW)).toBe(1);
  expect(await eraseAll(roster, "anna@example.org", NOW)).toBe(0);
  expect(readdirSync(roster.mailFolder)).toEqual(["2.eml"]);
  const subscriber = pseudonymsOf(roster.vault, "ANNA@example.org").get("email") ?? "";
  const kinds: string[] = [];
  for await (const { kind } of readLedger(roster.database, { subscriber })) kinds.push(kind);
  expect(kinds).toEqual(["subscribed", "ended", "erased"]);
  expect(await verify(roster.database, roster.vault)).toEqual([]);
});

onEach("a new secret takes over page by page; links and pseudonyms from before stay good", async (roster) => {
  await bring(roster, "type,address\nemail,anna@example.org\nwebhook,https://hooks.example.com/x");
  const [anna] = await findSubscribers(roster, "anna@example.org");
  const id = anna?.id ?? "";
  const token = roster.vault.token(id);
  const both = openVault(["the next secret", "a secret of tests"], ROOT);
  expect(both.tokenHolder(token)).toBe(id);
  expect(await relockIn(roster.store, both, () => undefined)).toBe(2);
  expect(await relockIn(roster.store, both, () => undefined)).toBe(0);
  const after = { ...roster, vault: openVault(["the next secret"], ROOT) };
  expect(await addresses(after)).toEqual(["anna@example.org active", "https://hooks.example.com/x active"]);
  expect((await findSubscribers(after, "anna@example.org"))[0]?.subscriber).toBe(anna?.subscriber);
  await expect(addresses(roster)).rejects.toThrow("under a secret that is not at hand");
});

onEach("the keys that browsers have subscribed to outlive a change of the secret", async ({ database }) => {
  const environment = readEnvironment({});
  const keys = await vapidKeys(database, openVault(["a secret of tests"], ROOT), environment);
  const both = openVault(["the next secret", "a secret of tests"], ROOT);
  expect(await vapidKeys(database, both, environment)).toEqual(keys);
  expect(await vapidKeys(database, openVault(["the next secret"], ROOT), environment)).toEqual(keys);
});

onEach("a list says of whom nothing is to be told any more, and they are not brought in", async (roster) => {
  const list = [
    "address,state,components",
    "anna@example.org,active,",
    "ben@example.org,ended,",
    "cleo@example.org,Pending,",
    "dora@example.org,quarantined,",
    ",ended,",
    "emil@example.org,,",
    "fay@example.org,perhaps,",
  ];
  const report = await bring(roster, list.join("\n"));
  expect(report).toMatchObject({
    lines: 7,
    added: 2,
    left: 4,
    faults: [{ line: 8, message: expect.stringContaining("perhaps") as string }],
  });
  expect(await addresses(roster)).toEqual(["anna@example.org active", "emil@example.org active"]);
});

const CHOICES = {
  isEndsOnly: true,
  everyMinutes: 30,
  quiet: { from: 1320, to: 420 },
  isWeekly: true,
  zone: "Asia/Tokyo",
} as const;

onEach("how often and when somebody is told outlives an export and an import", async (roster) => {
  const interest = { components: [], leastImpact: "major", ...CHOICES } as const;
  await enter(roster, { channel: "email", address: "anna@example.org", interest }, NOW);
  const csv = await text(asCsv(listSubscribers(roster, {}, true)));
  await eraseAll(roster, "anna@example.org", NOW);
  expect(csv).toContain(",ends,30,22:00-07:00,weekly,Asia/Tokyo,");
  await bring(roster, csv.replace("anna@", "ben@"));
  const [ben] = await findSubscribers(roster, "ben@example.org");
  expect(ben?.interest).toMatchObject({ leastImpact: "major", ...CHOICES });
});

onEach(
  "a file changes those who are subscribed in the columns that it has, says what, and first on trial",
  async (roster) => {
    const interest = { components: [], leastImpact: "major", zone: "Asia/Tokyo" } as const;
    await enter(roster, { channel: "email", address: "anna@example.org", interest }, NOW);
    const csv = "email,every,quiet\nanna@example.org,30,22:00-07:00\nben@example.org,30,\n";
    const options = { now: NOW, change: true, onProgress: () => undefined };
    const differences = ["every: 0 → 30", "quiet: none → 22:00-07:00"];
    for (const dryRun of [true, false]) {
      const report = await importSubscribers(roster, Readable.from([csv]), { ...options, dryRun });
      expect(report).toMatchObject({ added: 1, known: 1, changed: [{ differences }], faults: [] });
      const [anna] = await findSubscribers(roster, "anna@example.org");
      expect(anna?.interest).toMatchObject(dryRun ? interest : { ...interest, everyMinutes: 30 });
      expect(anna?.interest.quiet).toEqual(dryRun ? undefined : CHOICES.quiet);
    }
    const again = await importSubscribers(roster, Readable.from([csv]), { ...options, dryRun: false });
    expect(again.changed).toEqual([]);
    const facts: unknown[] = [];
    for await (const { data, kind } of readLedger(roster.database))
      if (kind === "changed") facts.push(data["everyMinutes"]);
    expect(facts).toEqual([30]);
  },
);

onEach("one subscription is changed by command in what is named, and refused what is no choice", async (roster) => {
  const interest = { components: [ID], leastImpact: "none", isEndsOnly: true } as const;
  await enter(roster, { channel: "email", address: "anna@example.org", interest }, NOW);
  const change = (wanted: Parameters<typeof changeAll>[2], dryRun = false) =>
    changeAll(roster, "anna@example.org", wanted, { now: NOW, dryRun });
  expect(await change({ every: "60", leastImpact: "minor" }, true)).toMatchObject([
    { differences: ["least_impact: none → minor", "every: 0 → 60"] },
  ]);
  expect(await change({ every: "60", leastImpact: "minor" })).toHaveLength(1);
  const [anna] = await findSubscribers(roster, "anna@example.org");
  expect(anna?.interest).toEqual({
    ...interest,
    topics: anna?.interest.topics,
    leastImpact: "minor",
    everyMinutes: 60,
  });
  expect(await change({ quiet: "25:00-07:00" })).toHaveProperty("remedy");
  expect(await change({ quiet: "07:00-07:00" })).toHaveProperty("remedy");
  expect(await change({ zone: "+02:00" })).toHaveProperty("remedy");
  expect(await change({ zone: "Nowhere/Else" })).toHaveProperty("remedy");
  expect(await change({ every: "1441" })).toHaveProperty("remedy");
  expect(await change({ components: ["nothing"] })).toHaveProperty("remedy");
  expect((await findSubscribers(roster, "anna@example.org"))[0]?.interest).toEqual(anna?.interest);
});

onEach("of a store they are counted by channel and state, in that order", async (roster) => {
  const interest = { components: [], leastImpact: "none" } as const;
  await enter(roster, { channel: "slack", address: "https://hooks.slack.com/services/T/B/x", interest }, NOW);
  for (const address of ["b@example.org", "a@example.org", "c@example.org"]) {
    await enter(roster, { channel: "email", address, interest }, NOW);
  }
  await remove(roster, "c@example.org", NOW);
  expect(await roster.store.counts()).toEqual([
    { channel: "email", state: "active", count: 2 },
    { channel: "email", state: "ended", count: 1 },
    { channel: "slack", state: "active", count: 1 },
  ]);
});
