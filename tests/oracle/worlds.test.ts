import { expect, inject, test } from "vitest";
import { judge } from "../../scripts/oracle/judge.ts";
import { planOf } from "../../scripts/oracle/plan.ts";
import { play } from "../../scripts/oracle/play.ts";
import { casesOf } from "../soak.ts";

const WORLDS = [
  ["sqlite", 2],
  ["postgres", 4],
  ["sqlite", 7],
] as const;

/**
 * One short world with real processes, and in the soak more, on each store; `npm run soak -- oracle` plays as many as you like, and longer ones.
 * They run at once: most of the time each of them waits for its receivers.
 */
test.concurrent.each(casesOf("worlds of the oracle", WORLDS.slice(0, 1), WORLDS))(
  "everything that receivers get is as recorded and as the rules want it: %s, seed %i",
  async (store, seed) => {
    const databaseUrl = store === "postgres" ? await (await fetch(inject("postgresDesk"))).text() : undefined;
    const evidence = await play(planOf(seed, { rounds: 2 }), databaseUrl === undefined ? {} : { databaseUrl });
    expect(evidence.got.length).toBeGreaterThan(0);
    expect(judge(evidence)).toEqual([]);
  },
  600_000,
);
