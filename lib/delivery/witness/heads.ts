import type { Head } from "#lib/store/chain.ts";

/** How far a ledger had come at a moment, as somebody outside has it on record. */
export interface WitnessedHead extends Head {
  /** The ledger's name. */
  readonly ledger: string;
  /** As it was written: an instant of RFC 3339. */
  readonly at: string;
}

/** One line, which is found again in any text that it stands in: a file, a mail, a log of requests. */
export function headLine({ at, hash, ledger, seq }: WitnessedHead): string {
  return `candor-ledger ${ledger} ${at} ${seq} ${hash}`;
}

/** Mail programs break lines where there are blanks, and put marks before what they quote. */
const LINE =
  /\bcandor-ledger[\s>]+([\da-f]{16})[\s>]+(\d{4}-\d\d-\d\dT[\d:.]+Z)[\s>]+(\d{1,15})[\s>]+([\da-f]{64})(?![\da-f])/g;

/** Every head that a text has on record, in the order of the entries, each once. */
export function headsIn(text: string): readonly WitnessedHead[] {
  // As a mail is stored, its lines may be broken anywhere (RFC 2045, section 6.7).
  const unbroken = text.replace(/=\r?\n/g, "").replaceAll("=20", " ");
  const found = [text, unbroken].flatMap((each) =>
    Array.from(each.matchAll(LINE), ([, ledger = "", at = "", seq, hash = ""]): WitnessedHead => {
      return { ledger, at, seq: Number(seq), hash };
    }),
  );
  return [...new Map(found.map((head) => [headLine(head), head])).values()].sort((a, b) => a.seq - b.seq);
}

/** What holding a ledger against its witnesses came to. */
export interface Witnessed {
  /** Heads that the ledger still has at their place. */
  readonly agreeing: readonly WitnessedHead[];
  /** Heads that it does not have: it was changed at or before them. */
  readonly contradicting: readonly WitnessedHead[];
  /** Heads of other ledgers. */
  readonly foreign: number;
}

/** Collects what the ledger has at the places that are witnessed, while it is followed. */
export class WitnessCheck {
  readonly #ledger: string;
  readonly #heads: readonly WitnessedHead[];
  readonly #hashes = new Map<number, string | undefined>();

  constructor(ledger: string, heads: readonly WitnessedHead[]) {
    this.#ledger = ledger;
    this.#heads = heads;
    for (const { seq } of heads) this.#hashes.set(seq, undefined);
  }

  readonly see = ({ seq, hash }: Head): void => {
    if (this.#hashes.has(seq)) this.#hashes.set(seq, hash);
  };

  result(): Witnessed {
    const own = this.#heads.filter(({ ledger }) => ledger === this.#ledger);
    const isThere = ({ seq, hash }: WitnessedHead) => this.#hashes.get(seq) === hash;
    return {
      agreeing: own.filter(isThere),
      contradicting: own.filter((head) => !isThere(head)),
      foreign: this.#heads.length - own.length,
    };
  }
}

/** What a person needs to know of it, as sentences; what is in `faults` must not be. */
export function witnessWords({ agreeing, contradicting, foreign }: Witnessed): {
  readonly faults: readonly string[];
  readonly notes: readonly string[];
} {
  const last = agreeing.at(-1);
  const first = contradicting[0];
  const day = ({ seq, at }: WitnessedHead) => `entry ${seq} of ${at}`;
  const notes = [
    ...(last
      ? [
          `${agreeing.length} witnessed ${agreeing.length === 1 ? "head agrees" : "heads agree"}, the last: ${day(last)}.`,
        ]
      : []),
    ...(foreign > 0 ? [`${foreign} witnessed ${foreign === 1 ? "head is" : "heads are"} of another ledger.`] : []),
  ];
  if (!first) {
    const nothing = last ? [] : ["No head of this ledger is witnessed there: that proves nothing."];
    return { faults: nothing, notes };
  }
  const since = agreeing.filter(({ seq }) => seq < first.seq).at(-1);
  const from = since ? `after ${day(since)}, which still agrees, and ` : "";
  const faults = [
    `The ledger was changed ${from}before or at ${day(first)}, which a witness has on record and the ledger has not.`,
    ...contradicting.slice(1).map((head) => `It has not ${day(head)} either.`),
  ];
  return { faults, notes };
}
