import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { TokenAuthenticator } from "#lib/access/bearer.ts";
import { isTokenName, Tokens } from "#lib/access/tokens.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { folderWith, put } from "../wire/content-folder.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;

/** As an older version wrote them, with secrets that nobody knows. */
const ANNA = { name: "Anna", role: "author", email: "anna@a.example", hash: "a".repeat(64), addedOn: "2026-03-01" };
const BO = { name: "Bo", role: "publisher", hash: "b".repeat(64), addedOn: "2026-03-01", usedOn: "2026-11-20" };
const PAGER = { name: "pager", role: "machine", hash: "c".repeat(64), addedOn: "2026-02-01", expiresOn: "2027-01-01" };
const OLD = JSON.stringify([ANNA, BO, PAGER], null, 2);

/** As many servers on one database, each with a data folder of its own. */
async function serversOn(kind: (typeof STORES)[number], count: number, files: Readonly<Record<string, string>> = {}) {
  const location = await newLocation(kind);
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const database = await opened(location);
      const data = folderWith(files);
      return { database, data, tokens: new Tokens(database, data) };
    }),
  );
}

async function serverOn(kind: (typeof STORES)[number], files: Readonly<Record<string, string>> = {}) {
  const [server] = await serversOn(kind, 1, files);
  if (!server) throw new Error("There is no server");
  return server;
}

const namesOf = async (tokens: Tokens) => (await tokens.list()).map(({ name }) => name);

describe.each(STORES)("tokens on %s", (kind) => {
  test("no secret is kept", async () => {
    const { database, tokens } = await serverOn(kind);
    const secret = await tokens.add({ name: "Anna", role: "author" }, NOW);
    expect(secret).toMatch(/^candor_[\w-]{43}$/);
    const rows = await database.query.selectFrom("token").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret?.slice(7));
  });

  test("it is known whose a secret is, and the day of its use is noted", async () => {
    const { tokens } = await serverOn(kind);
    const anna = (await tokens.add({ name: "Anna", role: "author", email: "anna@a.example" }, NOW)) ?? "";
    await tokens.add({ name: "pager", role: "machine", expiresOn: "2027-12-31" }, NOW);
    expect(await tokens.ofSecret(anna, NOW + DAY)).toMatchObject({ name: "Anna", role: "author" });
    expect(await tokens.ofSecret(`${anna}x`, NOW)).toBeUndefined();
    expect(await tokens.ofSecret("", NOW)).toBeUndefined();
    expect((await tokens.list()).map(({ hash: _, ...token }) => token)).toEqual([
      { name: "Anna", role: "author", email: "anna@a.example", addedOn: "2026-11-22", usedOn: "2026-11-23" },
      { name: "pager", role: "machine", addedOn: "2026-11-22", expiresOn: "2027-12-31" },
    ]);
  });

  test("what one server adds or removes is known to the other at once", async () => {
    const [here, there] = await serversOn(kind, 2);
    const secret = (await here?.tokens.add({ name: "Anna", role: "author", expiresOn: "2026-11-23" }, NOW)) ?? "";
    expect(await there?.tokens.ofSecret(secret, NOW + DAY)).toMatchObject({ name: "Anna" });
    expect(await there?.tokens.ofSecret(secret, NOW + 2 * DAY), "after its last day").toBeUndefined();
    expect(await there?.tokens.remove("Anna", NOW)).toBe(true);
    expect(await there?.tokens.remove("Anna", NOW)).toBe(false);
    expect(await here?.tokens.ofSecret(secret, NOW)).toBeUndefined();
    expect(await here?.tokens.list()).toEqual([]);
    expect(await here?.tokens.add({ name: "Anna", role: "reader" }, NOW), "the name is free again").toBeDefined();
    expect(await there?.tokens.ofSecret(secret, NOW)).toBeUndefined();
  });

  test("of one that was removed nothing is kept that says whose it was", async () => {
    const { database, tokens } = await serverOn(kind);
    await tokens.add({ name: "Anna", role: "author", email: "anna@a.example" }, NOW);
    await tokens.remove("Anna", NOW);
    const rows = await database.query.selectFrom("token").selectAll().execute();
    expect(rows).toMatchObject([{ removed_on: "2026-11-22", name: "", email: null }]);
  });

  test("of many that are added at the same time none is lost, and a name is given once", async () => {
    const servers = await serversOn(kind, 3);
    const names = ["a", "b", "c", "d", "e"];
    const given = await Promise.all(
      servers.flatMap(({ tokens }) => names.map((name) => tokens.add({ name, role: "reader" }, NOW))),
    );
    expect(given.filter((secret) => secret !== undefined)).toHaveLength(names.length);
    for (const { tokens } of servers) expect(await namesOf(tokens)).toEqual(names);
  });

  test("a database that does not answer says nothing about a secret, and is not needed where there is none", async () => {
    const { database, tokens } = await serverOn(kind);
    const secret = (await tokens.add({ name: "Anna", role: "author" }, NOW)) ?? "";
    const authenticator = new TokenAuthenticator(tokens, () => NOW);
    await database.close();
    expect(await authenticator.ask(undefined, "192.0.2.1")).toEqual({ kind: "none" });
    await expect(authenticator.ask(secret, "192.0.2.1")).rejects.toMatchObject({ code: "DATABASE_AWAY" });
    await expect(authenticator.ask("candor_wrong", "192.0.2.1")).rejects.toMatchObject({ code: "DATABASE_AWAY" });
  });
});

describe.each(STORES)("tokens that an older version has left in a file, on %s", (kind) => {
  test("are taken over once, oldest first, and the file is kept", async () => {
    const { data, tokens } = await serverOn(kind, { "tokens.json": OLD });
    expect(await tokens.list()).toEqual([PAGER, ANNA, BO]);
    expect(existsSync(join(data, "tokens.json"))).toBe(false);
    expect(readFileSync(join(data, "tokens.json.taken-over"), "utf8")).toBe(OLD);
    expect(await tokens.list()).toEqual([PAGER, ANNA, BO]);
  });

  test("leave those of their names as they are", async () => {
    const { data, tokens } = await serverOn(kind);
    const secret = (await tokens.add({ name: "Anna", role: "reader" }, NOW)) ?? "";
    put(data, "tokens.json", OLD);
    expect(await tokens.ofSecret(secret, NOW)).toMatchObject({ name: "Anna", role: "reader" });
    expect(await namesOf(tokens)).toEqual(["pager", "Bo", "Anna"]);
  });

  test("are all there or none when it was cut off on the way, and then taken over whole", async () => {
    const { database, data, tokens } = await serverOn(kind, { "tokens.json": OLD });
    // The database gives up at the second of them.
    const fault = {
      sqlite: sql`json_extract(case name when 'Bo' then 'none' else '{}' end, '$.a')`,
      postgres: sql`(1 / (case name when 'Bo' then 0 else 1 end))`,
    };
    await sql`create index fault on token (${fault[kind]})`.execute(database.query);
    await expect(tokens.list()).rejects.toThrow();
    expect(await database.query.selectFrom("token").selectAll().execute()).toEqual([]);
    expect(readFileSync(join(data, "tokens.json"), "utf8")).toBe(OLD);
    await sql`drop index fault`.execute(database.query);
    expect(await namesOf(tokens)).toEqual(["pager", "Anna", "Bo"]);
  });

  test("are not taken over again when the file was still there after a crash: one that was removed stays so", async () => {
    const [here, there] = await serversOn(kind, 2);
    if (!(here && there)) throw new Error("There are no servers");
    put(here.data, "tokens.json", OLD);
    await here.tokens.list();
    // As if the process had been killed before it could put the file aside.
    put(here.data, "tokens.json", OLD);
    await there.tokens.remove("Bo", NOW);
    await there.database.query.updateTable("token").set({ used_on: "2026-11-22" }).where("name", "=", "Anna").execute();
    expect(await here.tokens.list()).toEqual([PAGER, { ...ANNA, usedOn: "2026-11-22" }]);
    expect(existsSync(join(here.data, "tokens.json"))).toBe(false);
  });

  test("are taken over once by several that start at the same time, also from one folder", async () => {
    const servers = await serversOn(kind, 3, { "tokens.json": OLD });
    const [first] = servers;
    const beside = servers.map(({ database }) => new Tokens(database, first?.data ?? ""));
    const all = [...servers.map(({ tokens }) => tokens), ...beside];
    for (const list of await Promise.all(all.map((tokens) => tokens.list()))) expect(list).toEqual([PAGER, ANNA, BO]);
  });

  test.each([
    ["another form", "[{}]"],
    ["the half of a file", OLD.slice(0, 200)],
  ])("are refused with what to do, and nothing is changed, when it is %s", async (_, text) => {
    const { database, data, tokens } = await serverOn(kind, { "tokens.json": text });
    await expect(tokens.list()).rejects.toMatchObject({ code: "BAD_TOKENS" });
    await expect(tokens.ofSecret("candor_any", NOW)).rejects.toThrow("is not what “tokens add” wrote. Restore it, or");
    expect(readFileSync(join(data, "tokens.json"), "utf8")).toBe(text);
    expect(await database.query.selectFrom("token").selectAll().execute()).toEqual([]);
  });
});

test("no name is taken that a commit cannot carry", () => {
  expect(["Søren Åkjær", "pager-1", "O'Hara"].map(isTokenName)).toEqual([true, true, true]);
  expect(["", "a<b>", "a\nb", " a", "a ", "-a"].map(isTokenName)).toEqual(new Array(6).fill(false));
});
