import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { DeliveryState } from "#lib/model/delivery.ts";
import type { Transaction } from "../dialect.ts";
import type { LedgerEntry } from "../ledger.ts";
import { rowText } from "../seals.ts";
import type { Projection } from "./projection.ts";
import { SealState } from "./seal-state.ts";

/** What the last entry of a delivery says. */
interface Last {
  readonly state: DeliveryState;
  /** Absent of what was never tried. */
  readonly detail?: string;
  readonly at: number;
  /** The notice whose message tells it. */
  readonly carriedBy?: unknown;
}

/** What was taken back from many at once. */
interface Withdrawal {
  /** Of which notices; of all without them. */
  readonly notices: readonly unknown[] | undefined;
  readonly at: number;
  readonly why: unknown;
  readonly seq: number;
  left: number;
}

interface DeliveryRow extends Pick<Last, "state"> {
  readonly id: number;
  readonly notice: string;
  readonly channel: string;
  readonly subscription: string;
  readonly subscriber: string;
  readonly proof: string;
  readonly settled_at: number | null;
  readonly carried_by: string | null;
  readonly detail: string | null;
}

/** Everything that was sealed is as it was sealed, and every delivery has come to what its entries say. */
export class DeliveriesProjection implements Projection {
  readonly #seals = new Map<string, SealState>();
  readonly #last = new Map<number, Last>();
  readonly #withdrawals: Withdrawal[] = [];

  see(entry: LedgerEntry): void {
    const { kind, notice, channel, at, data, delivery } = entry;
    const seal = this.#seals.get(`${notice} ${channel ?? String(data["channel"])}`);
    if (kind === "sealed") this.#seals.set(`${notice} ${channel}`, new SealState(entry));
    else if (kind === "attempted" && delivery !== undefined) {
      const state = data["state"] as DeliveryState;
      const before = this.#last.get(delivery)?.state;
      // An answer that came after its worker was taken for dead says what nobody had known.
      seal?.count(state, before === "unknown" ? before : undefined);
      this.#last.set(delivery, { state, detail: stored(data["detail"]), at });
    } else if (kind === "lost" && delivery !== undefined) {
      seal?.count("unknown");
      this.#last.set(delivery, { state: "unknown", detail: stored(data["detail"]), at });
    } else if (kind === "bounced" && delivery !== undefined) {
      const before = this.#last.get(delivery)?.state;
      if (data["kind"] === "delayed" || before === "failed") return;
      seal?.count("failed", before);
      this.#last.set(delivery, { state: "failed", detail: stored(data["detail"]), at });
    } else if (kind === "folded" && delivery !== undefined) {
      const before = this.#last.get(delivery);
      // What is told by yet another message has waited since the first was to tell it.
      const since = before?.state === "folded" ? before.at : at;
      const detail = stored(data["detail"]);
      this.#last.set(delivery, { state: "folded", at: since, carriedBy: data["carriedBy"], detail });
    } else if (kind === "released" && delivery !== undefined) {
      this.#last.set(delivery, { state: "queued", at, detail: stored(data["why"]) });
    } else if (kind === "withdrawn" && delivery !== undefined) {
      this.#last.set(delivery, { state: "withdrawn", detail: stored(data["why"]), at });
    } else if (kind === "withdrawn") this.#withdraw(entry);
    else seal?.see(entry);
  }

  #withdraw({ at, data, notice, seq }: LedgerEntry): void {
    const { count, notices, rows = count, why } = data;
    const among = Array.isArray(notices) ? notices : notice === undefined ? undefined : [notice];
    this.#withdrawals.push({ notices: among, at, why, seq, left: Number(rows) });
    // What time has overtaken is taken out of its messages, and the notice goes on.
    if (Array.isArray(notices)) return;
    for (const seal of this.#seals.values()) {
      if (notice === undefined || seal.entry.notice === notice) seal.withdraw();
    }
  }

  async *faults(query: Transaction): AsyncGenerator<string> {
    const found = new Map<string, Found>();
    for await (const row of rowsOf(query)) {
      const name = `${row.notice} ${row.channel}`;
      const seal = this.#seals.get(name);
      if (!seal) {
        yield `Delivery ${row.id}: notice ${row.notice} was never sealed for ${row.channel}.`;
        continue;
      }
      const of = found.get(name) ?? new Found();
      found.set(name, of);
      of.take(row);
      const fault = this.#faultOf(row);
      if (fault !== undefined) yield `Delivery ${row.id} of notice ${row.notice} is “${row.state}”${fault}.`;
      this.#last.delete(row.id);
    }
    for (const [id, { state }] of this.#last) yield `Delivery ${id} was “${state}”, and it is gone.`;
    for (const { left, seq } of this.#withdrawals) {
      if (left !== 0) yield `Entry ${seq} took back another number of deliveries than are taken back.`;
    }
    yield* this.#sealFaults(query, found);
  }

  #faultOf({ id, state, detail, settled_at, notice, carried_by }: DeliveryRow): string | undefined {
    const last = this.#last.get(id);
    if (state === "withdrawn" && last?.state !== "withdrawn") {
      const by = this.#withdrawals.find(
        (one) => (one.notices?.includes(notice) ?? true) && one.at === settled_at && one.why === detail && one.left > 0,
      );
      const isOpen = last === undefined || last.state === "queued" || last.state === "folded";
      if (!(by && isOpen)) return ", which no entry says";
      by.left -= 1;
      return undefined;
    }
    const isWaiting = state === "queued" || state === "sending";
    if (isWaiting ? last !== undefined && last.state !== "queued" : last?.state !== state) {
      return last ? `; the last entry says “${last.state}”` : ", which no entry says";
    }
    if ((detail ?? undefined) !== last?.detail) return ", and what was answered is not what its entry says";
    if (state === "folded" && carried_by !== last?.carriedBy) return ", and what tells it is not what its entry says";
    if (!isWaiting && settled_at !== last?.at) return ", and when is not what its entry says";
    return undefined;
  }

  async *#sealFaults(query: Transaction, found: ReadonlyMap<string, Found>): AsyncGenerator<string> {
    const left = new Map(this.#seals);
    const rows = await query.selectFrom("seal").select(["notice", "channel"]).execute();
    for (const { notice, channel } of rows) {
      const name = `${notice} ${channel}`;
      const what = `Notice ${notice} on ${channel}`;
      const seal = left.get(name);
      left.delete(name);
      if (!seal) {
        yield `${what}: no entry says that it was sealed.`;
        continue;
      }
      const row = await query
        .selectFrom("seal")
        .selectAll()
        .where("notice", "=", notice)
        .where("channel", "=", channel)
        .executeTakeFirstOrThrow();
      const { data } = seal.entry;
      const deliveries = found.get(name) ?? new Found();
      if (sha256(row.rendering) !== data["renderingHash"]) yield `${what}: the text is not the one that was sealed.`;
      const differing = seal.differing(row as never, deliveries.waiting);
      if (differing.length > 0) yield `${what}: ${differing.join(", ")} not as the ledger says.`;
      yield* textFaults(query, { notice, channel }, seal.texts);
      if (!deliveries.agreesWith(data)) yield `${what}: the recipients are not the ones that were sealed.`;
      const told = await query.selectFrom("notice").select("data").where("id", "=", notice).executeTakeFirst();
      if (data["noticeHash"] !== undefined && sha256(told?.data ?? "") !== data["noticeHash"]) {
        yield `Notice ${notice} is not what was sealed.`;
      }
    }
    for (const name of left.keys()) yield `Notice ${name.replace(" ", " on ")} was sealed, and its seal is gone.`;
  }
}

/** The deliveries that there are of one seal. */
class Found {
  readonly #proofs = createHash("sha256");
  readonly #rows = createHash("sha256");
  waiting = 0;

  take({ proof, subscription, subscriber, state }: DeliveryRow): void {
    this.#proofs.update(proof);
    this.#rows.update(rowText(subscription, subscriber, proof));
    if (state === "queued" || state === "sending") this.waiting += 1;
  }

  /** What was sealed at first has only the hash over the proofs. */
  agreesWith({ recipientsHash, deliveriesHash }: LedgerEntry["data"]): boolean {
    const rows = this.#rows.digest("hex");
    return this.#proofs.digest("hex") === recipientsHash && rows === (deliveriesHash ?? rows);
  }
}

/** Holds the texts that only some recipients get against those that were sealed. */
async function* textFaults(
  query: Transaction,
  { notice, channel }: { readonly notice: string; readonly channel: string },
  sealed: readonly unknown[],
): AsyncGenerator<string> {
  const kept = await query
    .selectFrom("rendering")
    .select(["hash", "body"])
    .where("notice", "=", notice)
    .where("channel", "=", channel)
    .execute();
  if (kept.length === sealed.length && kept.every(({ body, hash }) => sealed.includes(hash) && sha256(body) === hash))
    return;
  yield `Notice ${notice} on ${channel}: a text that some recipients get is not one that was sealed.`;
}

const PAGE = 5_000;

/** Every delivery in the order in which those of one seal were sealed. */
async function* rowsOf(query: Transaction): AsyncGenerator<DeliveryRow> {
  for (let notice = "", subscription = ""; ; ) {
    const { rows } = await sql<DeliveryRow>`
      select id, notice, channel, subscription, subscriber, proof, state, settled_at, detail, carried_by from delivery
      where (notice, subscription) > (${notice}, ${subscription})
      order by notice, subscription limit ${sql.lit(PAGE)}`.execute(query);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    ({ notice, subscription } = last);
  }
}

/** A detail as it stands in the queue, which leaves out what PostgreSQL does not take. */
function stored(detail: unknown): string {
  return String(detail ?? "")
    .toWellFormed()
    .replaceAll("\0", "");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
