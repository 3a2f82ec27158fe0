import { test } from "vitest";
import type { Answer, Message } from "#lib/model/delivery.ts";
import type { Teller } from "#lib/publishing/seal.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { Office } from "./world.ts";

/** One test on every store. */
export function onEach(
  name: string,
  run: (open: (teller?: Partial<Teller>) => Promise<Office>) => Promise<void>,
): void {
  for (const kind of STORES) {
    // biome-ignore lint/nursery/useExpect: what is handed in expects.
    test(`${name} (${kind})`, () => run(async (teller) => new Office(await opened(await newLocation(kind)), teller)));
  }
}

/** How many deliveries are in each state. */
export async function states(office: Office): Promise<Record<string, number>> {
  const rows = await office.database.query.selectFrom("delivery").select("state").execute();
  return Object.fromEntries([...Map.groupBy(rows, ({ state }) => state)].map(([state, list]) => [state, list.length]));
}

/** What the ledger has, without what stands in it beside every publication. */
export async function kindsIn(office: Office): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { kind } of readLedger(office.database)) if (kind !== "recorded") kinds.push(kind);
  return kinds;
}

/** A receiver that notes whom it heard of, and answers always the same. */
export function noting(got: string[], answer: Answer): (message: Message) => Promise<Answer> {
  return ({ to }) => {
    got.push(to);
    return Promise.resolve(answer);
  };
}
