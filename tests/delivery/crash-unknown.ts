import type { Outcome } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { readLedger } from "#lib/store/ledger.ts";
import type { ByteReceiver } from "./byte-receiver.ts";
import { DEAD_AFTER_MS } from "./fleet.ts";

/** What may be the reason that nobody knows of a message. */
export type WhyUnknown =
  /** It was in the hands of a process when that was killed. */
  | "killed"
  /** Its receiver answered nothing for longer than a process waits. */
  | "hung"
  /** It was in the hands of a process that lives and said nothing for so long that others had to take it for dead. */
  | "silent";

/** A process waits 15 s for an answer, less the 5 that it may have waited for a connection. */
const LEAST_HANG_MS = 10_000;

/** A word of life is as old as the moment at which it was begun to be written. */
const WRITING_MS = 1_000;

/** Watches the hands of all processes while one notice is told, to say of each message why it had to become unknown. */
export class UnknownJudge {
  readonly #database: Database;
  readonly #notice: string;
  readonly #dead = new Set<string>();
  readonly #silent = new Set<string>();
  /** In whose hands a message of a subscription was seen. */
  readonly #hands = new Map<string, Set<string>>();

  constructor(database: Database, notice: string) {
    this.#database = database;
    this.#notice = notice;
  }

  /** Looks whose hands hold what. @param killed a worker that is no more */
  async look(killed?: string): Promise<void> {
    if (killed !== undefined) this.#dead.add(killed);
    const { query } = this.#database;
    for (const { id, seen_at } of await query.selectFrom("worker").select(["id", "seen_at"]).execute()) {
      if (Date.now() - seen_at > DEAD_AFTER_MS - WRITING_MS) this.#silent.add(id);
    }
    const rows = await query
      .selectFrom("delivery")
      .select(["subscription", "worker"])
      .where("notice", "=", this.#notice)
      .where("state", "=", "sending")
      .execute();
    for (const { subscription, worker } of rows) {
      if (worker === null) continue;
      this.#hands.set(subscription, (this.#hands.get(subscription) ?? new Set()).add(worker));
    }
  }

  /** How many were in the hands of those that were killed. */
  get inFlight(): number {
    return [...this.#hands.values()].filter((dependencies) => !dependencies.isDisjointFrom(this.#dead)).length;
  }

  /**
   * Why each message that is unknown had to become so.
   * @throws when one had not to
   */
  async reasons(receivers: readonly ByteReceiver[]): Promise<readonly WhyUnknown[]> {
    const unknown = await this.#database.query
      .selectFrom("delivery")
      .select(["id", "subscription"])
      .where("notice", "=", this.#notice)
      .where("state", "=", "unknown")
      .execute();
    const last = new Map<number, string>();
    for await (const { data, delivery = 0, kind } of readLedger(this.#database, { notices: [this.#notice] })) {
      if (kind === "lost") last.set(delivery, kind);
      if (kind === "attempted") last.set(delivery, (data as { readonly outcome: Outcome }).outcome);
    }
    const hung = hungAt(receivers);
    return unknown.map(({ id, subscription }) => {
      const why =
        last.get(id) === "lost" ? this.#lostBy(subscription) : hung.has(`${this.#notice}.${subscription}`) && "hung";
      if (why) return why;
      throw new Error(`Delivery ${id} is unknown (${last.get(id)}), and was neither in hands that died nor hung.`);
    });
  }

  #lostBy(subscription: string): WhyUnknown | false {
    const dependencies = this.#hands.get(subscription) ?? new Set();
    if (!dependencies.isDisjointFrom(this.#dead)) return "killed";
    return !dependencies.isDisjointFrom(this.#silent) && "silent";
  }
}

/** The messages that receivers kept without an answer for so long that a process gives up. */
function hungAt(receivers: readonly ByteReceiver[]): ReadonlySet<string> {
  const all = receivers.flatMap(({ arrivals }) => [...arrivals.values()].flat());
  const hung = all.filter(({ answered = Number.POSITIVE_INFINITY, to }) => to && answered - to >= LEAST_HANG_MS);
  return new Set(hung.flatMap(({ id }) => id ?? []));
}
