import type { Outcome } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { readLedger } from "#lib/store/ledger.ts";
import type { ByteReceiver } from "./byte-receiver.ts";

/** What the ledger says of each attempt for a message, by its id: `lost` of those whose process died. */
type Attempts = ReadonlyMap<string, readonly (Outcome | "lost")[]>;

/**
 * Holds the ledger against the receivers' own logs. It counts nothing that our tables count: only what came, whole, by the
 * id that stands in the message, and what was said of each attempt. All receivers take everything.
 * @returns what does not agree
 */
export async function crashFaults(database: Database, receivers: readonly ByteReceiver[]): Promise<readonly string[]> {
  const came = new Map<string, number>();
  for (const { arrivals } of receivers) {
    for (const { id } of [...arrivals.values()].flat()) if (id !== undefined) came.set(id, (came.get(id) ?? 0) + 1);
  }
  const attempts = await attemptsOf(database);
  const strangers = [...came.keys()].filter((id) => !attempts.has(id)).map((id) => `${id} came and was never tried`);
  return [...strangers, ...[...attempts].flatMap(([id, of]) => faultsOf(id, of, came.get(id) ?? 0))];
}

function faultsOf(id: string, outcomes: readonly (Outcome | "lost")[], times: number): readonly string[] {
  const is = (...wanted: readonly (Outcome | "lost")[]) =>
    outcomes.filter((outcome) => wanted.includes(outcome)).length;
  const [sure, unsure] = [is("accepted"), is("unknown", "lost")];
  const faults = [
    sure > 1 && "was accepted more than once",
    times > 1 && unsure === 0 && "came more than once, and nothing of it was unknown",
    times > sure + unsure && "came more often than it was accepted or unknown",
    times < sure && "was accepted and did not come",
  ];
  return faults
    .filter((fault) => fault !== false)
    .map((fault) => `${id} ${fault} (${outcomes.join(", ")}; came ${times} times)`);
}

/** The last word on each attempt: an answer that came late takes the place of “lost”. */
async function attemptsOf(database: Database): Promise<Attempts> {
  const rows = await database.query.selectFrom("delivery").select(["id", "notice", "subscription"]).execute();
  const names = new Map(rows.map(({ id, notice, subscription }) => [id, `${notice}.${subscription}`]));
  const attempts = new Map<string, (Outcome | "lost")[]>([...names.values()].map((name) => [name, []]));
  for await (const { data, delivery, kind } of readLedger(database)) {
    const of = attempts.get(names.get(delivery ?? -1) ?? "");
    if (!of) continue;
    if (kind === "lost") of.push("lost");
    if (kind !== "attempted") continue;
    // Only one attempt is under way at a time, so a late answer is about the last one.
    if (of.at(-1) === "lost") of.pop();
    of.push((data as { readonly outcome: Outcome }).outcome);
  }
  return attempts;
}
