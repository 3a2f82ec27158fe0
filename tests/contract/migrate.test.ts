import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { zstdCompressSync } from "node:zlib";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { openDatabase } from "#lib/store/database.ts";
import { MIGRATIONS, migrate } from "#lib/store/migrate.ts";
import type { Migration } from "#lib/store/migrations/migration.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { newLocation, opened, STORES } from "../databases.ts";

/** A step after all of ours. */
const later: Migration = {
  name: "9998-later",
  async up(transaction) {
    await sql`create table later (id text primary key)`.execute(transaction);
    await sql`insert into later (id) values ('once')`.execute(transaction);
  },
};

/** The tables as they were before there were migrations, as they were made then. */
const FORMER = `
  create table snapshot (
    id integer primary key autoincrement, version text not null, published_at integer not null,
    published_by text not null, entries integer not null, content blob not null
  ) strict;
  create table image (hash text primary key, type text not null, bytes blob not null) strict;
`;

describe.each(STORES)("migrations on %s", (kind) => {
  test("many that open a new database at once all find it ready", async () => {
    const location = await newLocation(kind);
    const databases = await Promise.all(Array.from({ length: 6 }, () => opened(location)));
    for (const database of databases) {
      expect(await openSnapshots(database).latest()).toBeUndefined();
    }
    const { rows } = await sql`select name from migration order by name`.execute(databases[0]?.query as never);
    expect(rows).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  });

  test("a step is taken once, also when several take it at once", async () => {
    const location = await newLocation(kind);
    const databases = await Promise.all([1, 2, 3].map(() => opened(location)));
    await Promise.all(databases.map((database) => migrate(database, [...MIGRATIONS, later])));
    const { rows } = await sql`select id from later`.execute(databases[0]?.query as never);
    expect(rows).toEqual([{ id: "once" }]);
  });

  test("a step that fails leaves the tables as they were, and can be taken again", async () => {
    const database = await opened(await newLocation(kind));
    const failing: Migration = {
      name: later.name,
      async up(transaction, words) {
        await later.up(transaction, words);
        await sql`insert into nowhere (id) values (1)`.execute(transaction);
      },
    };
    await expect(migrate(database, [...MIGRATIONS, failing])).rejects.toThrow(/nowhere/);
    await expect(sql`select id from later`.execute(database.query)).rejects.toThrow(/later/);
    await migrate(database, [...MIGRATIONS, later]);
    expect((await sql`select id from later`.execute(database.query)).rows).toEqual([{ id: "once" }]);
  });

  test("a database that a newer program has had is refused in words", async () => {
    const location = await newLocation(kind);
    const database = await opened(location);
    await migrate(database, [...MIGRATIONS, later]);
    await expect(openDatabase(location)).rejects.toThrow(
      "A newer Candor has worked with this database (9998-later). Use that one, or restore a backup that is older.",
    );
  });
});

test("a file from before there were migrations keeps all it holds, and a copy of it as it was is kept", async () => {
  const file = await newLocation("sqlite");
  const former = new DatabaseSync(file);
  former.exec(FORMER);
  const insert = former.prepare("insert into snapshot values (?, 'v', 5, 'mara', 1, ?)");
  const content = { config: { name: "Former" }, entries: [], images: [] };
  for (const id of [3, 4]) insert.run(id, zstdCompressSync(JSON.stringify(content)));
  former.exec("insert into image values ('ab', 'image/png', x'00ff')");
  former.close();

  const store = openSnapshots(await opened(file));
  const expected = { id: 4, version: "v", publishedAt: 5, publishedBy: "mara", entries: 1, isQuiet: false };
  expect(await store.latest()).toEqual(expected);
  expect(await store.content(3)).toEqual(content);
  expect([...((await store.image("ab"))?.bytes ?? [])]).toEqual([0, 255]);
  const next = await store.publish({ ...expected, version: "w" }, content as never, [], 4);
  expect(next.id).toBe(5);

  const copy = new DatabaseSync(`${file}.before-0001-snapshots`, { readOnly: true });
  expect(copy.prepare("select count(*) as rows from snapshot").get()).toEqual({ rows: 2 });
  expect(copy.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  copy.close();
});

test("of a new file no copy is made", async () => {
  const file = await newLocation("sqlite");
  await opened(file);
  expect(existsSync(`${file}.before-0001-snapshots`)).toBe(false);
});
