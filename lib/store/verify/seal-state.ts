import type { DeliveryState } from "#lib/model/delivery.ts";
import type { Row } from "../dialect.ts";
import type { LedgerEntry } from "../ledger.ts";

const COUNTED = ["accepted", "failed", "unknown"] as const;

/** A notice on one channel, as its entries leave it. */
export class SealState {
  readonly entry: LedgerEntry;
  readonly #counts = { accepted: 0, failed: 0, unknown: 0 };
  readonly #texts: unknown[];
  #state: string;
  #why: string | null = null;
  #approvedBy: unknown = null;

  constructor(entry: LedgerEntry) {
    this.entry = entry;
    const { texts } = entry.data;
    this.#texts = Array.isArray(texts) ? [...texts] : [];
    this.#state = entry.data["needsApproval"] === true ? "awaiting_approval" : "open";
  }

  /** A delivery came into a state; `former` is one that it had been counted in, and is no more. */
  count(state: unknown, former?: DeliveryState): void {
    for (const counted of COUNTED) {
      if (counted === state) this.#counts[counted] += 1;
      if (counted === former) this.#counts[counted] -= 1;
    }
  }

  /** The hashes of the texts that only some recipients get. */
  get texts(): readonly unknown[] {
    return this.#texts;
  }

  /** An entry about all of it. */
  see({ kind, data }: LedgerEntry): void {
    if (kind === "stopped") this.#stop(data["why"]);
    else if (kind === "resumed") this.#resume();
    else if (kind === "approved") this.#approve(data["by"]);
    else if (kind === "gathered") this.#gather(data["texts"]);
  }

  /** What had come apart was put together again, with more such texts. */
  #gather(texts: unknown): void {
    const added = (Array.isArray(texts) ? texts : []).filter((text) => !this.#texts.includes(text));
    this.#texts.push(...added);
  }

  #stop(why: unknown): void {
    this.#state = "stopped";
    this.#why = String(why);
  }

  /** Failures are counted afresh then. */
  #resume(): void {
    this.#state = "open";
    this.#why = null;
    Object.assign(this.#counts, { accepted: 0, failed: 0, unknown: 0 });
  }

  #approve(by: unknown): void {
    this.#state = "open";
    this.#why = null;
    this.#approvedBy = by;
  }

  withdraw(): void {
    this.#state = "done";
  }

  /** @param waiting how many of its deliveries may still leave. @returns the columns that do not agree */
  differing(row: Row, waiting: number): readonly string[] {
    const { data, at } = this.entry;
    const expected: Row = {
      rendering_hash: data["renderingHash"],
      recipients: data["recipients"],
      recipients_hash: data["recipientsHash"],
      sealed_at: at,
      why: this.#why,
      approved_by: this.#approvedBy,
      ...this.#counts,
    };
    const columns = Object.keys(expected).filter((column) => (row[column] ?? null) !== (expected[column] ?? null));
    return this.#isIn(String(row["state"]), waiting) ? columns : [...columns, "state"];
  }

  #isIn(state: string, waiting: number): boolean {
    // It is closed, or taken back, in silence once nothing of it is left to be sent.
    if (state === "done" && waiting === 0) return true;
    // Whether it needed a second person was not kept at first.
    if (this.entry.data["needsApproval"] === undefined && state === "awaiting_approval") return this.#state === "open";
    return state === this.#state;
  }
}
