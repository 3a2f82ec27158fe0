import type { KyselyPlugin } from "kysely";
import { expect, test } from "vitest";
import { judgeWave } from "#lib/delivery/waves.ts";
import type { OpenSeal } from "#lib/model/delivery.ts";
import { claim } from "#lib/store/claim.ts";
import { openSeals } from "#lib/store/queue.ts";
import { waveState } from "#lib/store/waves.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { states } from "../delivery/each-store.ts";
import { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";

test.each(STORES)("a wave that another worker is just taking has not been tried (%s)", async (kind) => {
  const location = await newLocation(kind);
  const office = new Office(await opened(location));
  const other = await opened(location);
  const many = Array.from({ length: 3_000 }, (_, index) => office.subscription(`s${index}`, `number ${index}`));
  // So many that, by whatever chance, some are in the first wave.
  await office.subscriptions.add(many, 0);
  await office.publish({ a: said("2026-03-05T10:00Z investigating Sign-in fails.") }, "2026-03-05T10:01Z");
  const [seal] = (await openSeals(office.database)) as [OpenSeal];

  // Whatever it asks first, by the time it has the answer the other has taken all that may leave.
  let hasTaken = false;
  const meanwhile: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (!hasTaken) {
        hasTaken = true;
        const order = { worker: "other", most: 3_000, now: Date.now(), holdUntil: () => undefined, lastWave: 2 };
        await other.transaction((transaction) => claim(other, transaction, seal, order));
      }
      return result;
    },
  };
  const hurried = { ...office.database, query: office.database.query.withPlugin(meanwhile) };
  const state = await waveState(hurried, seal);
  expect((await states(office))["sending"]).toBeGreaterThan(0);
  expect(judgeWave(state, seal, 0.2, false)).toBe("wait");
});
