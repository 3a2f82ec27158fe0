import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { newLocation, opened, STORES } from "../databases.ts";

describe.each(STORES)("a database on %s", (kind) => {
  test("many rows go in at once, whatever their number, and come out the same", async () => {
    const database = await opened(await newLocation(kind));
    for (const wanted of [0, 1, 2_499, 2_500, 2_501, 12_345]) {
      const rows = Array.from({ length: wanted }, (_, index) => ({ key: `${index}`, value: `'"${index}"';--` }));
      await database.query.deleteFrom("meta").execute();
      await database.transaction((transaction) => database.insertMany(transaction, "meta", rows));
      const back = await database.query.selectFrom("meta").selectAll().execute();
      expect(back.sort((a, b) => Number(a.key) - Number(b.key))).toEqual(rows);
    }
  });

  test("bytes, nothing, and whole numbers up to 2^53 go in and come out", async () => {
    const database = await opened(await newLocation(kind));
    const row = {
      version: "v",
      published_at: Number.MAX_SAFE_INTEGER,
      published_by: "",
      entries: -1,
      content: new Uint8Array([0, 1, 255]),
      git_commit: null,
      is_quiet: 0 as const,
    };
    await database.transaction((transaction) => database.insertMany(transaction, "snapshot", [row]));
    const [back] = await database.query.selectFrom("snapshot").selectAll().execute();
    expect({ ...back, content: [...(back?.content ?? [])] }).toMatchObject({ ...row, content: [0, 1, 255] });
  });

  test("a transaction is all or nothing, and what goes wrong is told as it was", async () => {
    const database = await opened(await newLocation(kind));
    const failing = database.transaction(async (transaction) => {
      await transaction.insertInto("meta").values({ key: "a", value: "1" }).execute();
      throw new Error("the power is out");
    });
    await expect(failing).rejects.toThrow("the power is out");
    const twice = [
      { key: "a", value: "1" },
      { key: "a", value: "2" },
    ];
    const clashing = database.transaction((transaction) => database.insertMany(transaction, "meta", twice));
    await expect(clashing).rejects.toThrow(/unique/i);
    expect(await database.query.selectFrom("meta").selectAll().execute()).toEqual([]);
  });

  test("transactions with one lock go one after the other, on any number of connections", async () => {
    const location = await newLocation(kind);
    const databases = await Promise.all([1, 2, 3].map(() => opened(location)));
    await databases[0]?.query.insertInto("meta").values({ key: "count", value: "0" }).execute();
    const addOne = (index: number) => {
      const database = databases[index % 3] as (typeof databases)[number];
      return database.transaction(async (transaction) => {
        await database.lock(transaction, "count");
        const { value } = await transaction.selectFrom("meta").select("value").executeTakeFirstOrThrow();
        await new Promise((done) => setTimeout(done, 2));
        await transaction
          .updateTable("meta")
          .set({ value: `${Number(value) + 1}` })
          .execute();
      });
    };
    await Promise.all(Array.from({ length: 24 }, (_, index) => addOne(index)));
    expect(await databases[0]?.query.selectFrom("meta").select("value").executeTakeFirst()).toEqual({ value: "24" });
  });

  test("one that reads is not kept waiting by one that writes, and sees the last whole state", async () => {
    const location = await newLocation(kind);
    const [writer, reader] = [await opened(location), await opened(location)];
    const keys = () => reader.query.selectFrom("meta").select("key").execute();
    await writer.transaction(async (transaction) => {
      await transaction.insertInto("meta").values({ key: "a", value: "1" }).execute();
      expect(await keys()).toEqual([]);
    });
    expect(await keys()).toEqual([{ key: "a" }]);
  });

  test("numbers of rows are never used twice", async () => {
    const database = await opened(await newLocation(kind));
    const add = () =>
      database.query
        .insertInto("snapshot")
        .values({ version: "v", published_at: 0, published_by: "", entries: 0, content: Buffer.alloc(1), is_quiet: 0 })
        .returning("id")
        .executeTakeFirstOrThrow();
    await add();
    const { id } = await add();
    await sql`delete from snapshot`.execute(database.query);
    expect((await add()).id).toBe(id + 1);
  });
});
