import { expect, test } from "vitest";
import type { Answer } from "#lib/model/delivery.ts";
import { withdrawNotice } from "#lib/store/withdraw.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };

test.each(STORES)("a notice that is taken back reaches nobody else, on %s", async (kind) => {
  const office = new Office(await opened(await newLocation(kind)));
  for (const name of ["one", "two", "three"]) await office.subscribe(name);
  const [told] = await office.publish(OPENED, NOW);
  const notice = told?.notice.id ?? "";
  const got: string[] = [];
  const worker = office.work({
    send: ({ to }) => {
      got.push(to);
      return Promise.resolve<Answer>(
        got.length === 1 ? { outcome: "accepted", detail: "200" } : { outcome: "deferred", detail: "503" },
      );
    },
  });
  await expect.poll(() => got.length).toBe(3);
  await worker.idle();
  const order = { notice, why: "wrong words", by: "tester", at: 0 };
  const taken = await office.database.transaction((transaction) => withdrawNotice(office.database, transaction, order));
  expect(taken).toBe(2);
  await worker.stop(100);
  const rows = await office.database.query.selectFrom("delivery").select("state").orderBy("state").execute();
  expect(rows.map(({ state }) => state)).toEqual(["accepted", "withdrawn", "withdrawn"]);
  expect(await office.database.query.selectFrom("seal").select("state").execute()).toEqual([{ state: "done" }]);
});
