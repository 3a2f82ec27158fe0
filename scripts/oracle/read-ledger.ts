import type { Attempt, Recorded, Sealed } from "./evidence.ts";
import type { Product } from "./product.ts";

/** A line of `ledger --json`. */
export interface Line {
  readonly at: number;
  readonly kind: string;
  readonly notice?: string;
  readonly channel?: string;
  readonly subscriber?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A line of `ledger --notice … --recipients --json`. */
interface Row {
  readonly channel: string;
  readonly subscription: string;
  readonly subscriber: string;
  readonly state: string;
  readonly attempts: number;
  readonly dueAt?: number;
}

const lines = <T>(text: string): readonly T[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as T);

export async function ledgerOf(product: Product, ...words: readonly string[]): Promise<readonly Line[]> {
  return lines((await product.must("ledger", "--json", ...words)).out);
}

export async function recipientsOf(product: Product, notice: string): Promise<readonly Row[]> {
  return lines((await product.must("ledger", "--notice", notice, "--recipients", "--json")).out);
}

/** The notices of an entry, oldest first, whatever names it has had. */
export async function noticesUnder(product: Product, slugs: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, number>();
  for (const slug of slugs) {
    // Of a name under which nobody was told anything the command says so, and ends with an error.
    const { out } = await product.run(["ledger", "--json", "--incident", slug]);
    for (const { kind, notice, at } of lines<Line>(out)) {
      if (kind === "sealed" && notice !== undefined && !found.has(notice)) found.set(notice, at);
    }
  }
  return [...found].sort(([, a], [, b]) => a - b).map(([notice]) => notice);
}

/**
 * Everything the program has on record of notices and of their messages.
 *
 * @param slugs every name that each entry had
 * @param known of which entry a notice is, where a message said so
 */
export async function recordsOf(
  product: Product,
  slugs: ReadonlyMap<string, readonly string[]>,
  known: ReadonlyMap<string, string>,
): Promise<{ readonly sealed: readonly Sealed[]; readonly recorded: readonly Recorded[] }> {
  const all = await ledgerOf(product);
  const under = new Map(known);
  const unknown = new Set(all.filter(({ kind, notice = "" }) => kind === "sealed" && !known.has(notice)));
  for (const [entry, names] of unknown.size > 0 ? slugs : []) {
    for (const notice of await noticesUnder(product, names)) under.set(notice, entry);
  }
  const sealed = new Map<string, Sealed>();
  for (const { kind, notice, at, data } of all) {
    if (kind !== "sealed" || notice === undefined || sealed.has(notice)) continue;
    sealed.set(notice, { notice, kind: String(data["kind"]), at, entry: under.get(notice) });
  }
  const attempts = Map.groupBy(
    all.filter(({ kind }) => kind === "attempted" || kind === "lost"),
    ({ notice, channel, subscriber }) => `${notice} ${channel} ${subscriber}`,
  );
  const recorded: Recorded[] = [];
  for (const notice of sealed.keys()) {
    for (const { channel, subscription, subscriber, state } of await recipientsOf(product, notice)) {
      const tried = (attempts.get(`${notice} ${channel} ${subscriber}`) ?? []).map(attemptOf);
      recorded.push({ notice, channel, subscription, state, attempts: tried });
    }
  }
  return { sealed: [...sealed.values()], recorded };
}

function attemptOf({ kind, at, data }: Line): Attempt {
  if (kind === "lost") return { outcome: "unknown", startedAt: at, at };
  return { outcome: String(data["outcome"]), startedAt: Number(data["startedAt"] ?? at), at };
}
