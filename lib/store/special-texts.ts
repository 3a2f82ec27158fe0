import { sql } from "kysely";
import type { Notice } from "#lib/model/notice.ts";
import type { Interest } from "#lib/model/subscription.ts";
import { type Folded, foldedFact, lastTold, takeWaiting } from "./bundles.ts";
import type { Database, Transaction } from "./dialect.ts";
import type { Fact } from "./facts.ts";

import type { Found, Planned, Sealing, Text } from "./sealing.ts";

/** How a notice is told to somebody who does not get what everybody gets, or not at once. */
interface Way extends Planned {
  /** Hashes of the text that tells the notice alone, and of the one that tells what waited as well. */
  readonly text?: string;
  readonly combined?: string;
  /** Of a correction: the notice whose message told the wrong words. */
  readonly answers?: string;
}

interface Asked {
  readonly found: Found;
  readonly interest: Interest;
}

/** The texts of a notice that only some of its recipients get, as they are sealed. */
export class SpecialTexts {
  readonly #database: Database;
  readonly #transaction: Transaction;
  readonly #sealing: Sealing;
  readonly #kept = new Set<string>();
  readonly #notices = new Map<string, Notice>();
  /** What the ledger has to know of what waited. */
  readonly facts: Fact[] = [];

  constructor(database: Database, transaction: Transaction, sealing: Sealing) {
    this.#database = database;
    this.#transaction = transaction;
    this.#sealing = sealing;
  }

  /** The hashes of all texts that were sealed, in order. */
  get hashes(): readonly string[] {
    return [...this.#kept].sort();
  }

  /** Those of a page of recipients for whom anything is different. */
  async waysOf(page: readonly Asked[], mayFold: boolean): Promise<ReadonlyMap<string, Way>> {
    const { notice, now, onlyReachedBy } = this.#sealing;
    const paced = page.filter(({ interest }) => interest.everyMinutes).map(({ found }) => found.id);
    const last = await lastTold(this.#transaction, { event: notice.event.id, subscriptions: paced, now });
    const plans = new Map(page.map((one) => [one, this.#sealing.planOf(one.interest, last.get(one.found.id))]));
    const folded = mayFold ? await this.#fold(plans) : new Map<string, Folded[]>();
    const answers = onlyReachedBy === undefined ? new Map() : await this.#answersOf(onlyReachedBy, page);
    const ways = new Map<string, Way>();
    for (const [{ found, interest }, plan] of plans) {
      const text = this.#sealing.textFor(interest, []);
      const waited = folded.get(found.id) ?? [];
      const combined = waited.length > 0 ? this.#sealing.textFor(interest, await this.#told(waited)) : undefined;
      const answered = answers.get(found.id);
      if (!(text || combined || plan.bundle || plan.dueAt > 0 || answered)) continue;
      await this.#keep(text, combined);
      ways.set(found.id, {
        ...plan,
        ...(text ? { text: text.hash } : {}),
        ...(combined ? { combined: combined.hash } : {}),
        ...(answered === undefined ? {} : { answers: answered }),
      });
      const told = { by: notice.id, channel: this.#sealing.channel, text: combined?.hash ?? "", at: now };
      this.facts.push(...waited.map((one) => foldedFact(one, told)));
    }
    return ways;
  }

  async #fold(plans: ReadonlyMap<Asked, Planned>): Promise<ReadonlyMap<string, Folded[]>> {
    const { channel, notice, now } = this.#sealing;
    const wanted = [...plans].flatMap(([{ found }, { bundle }]): [string, string][] =>
      bundle === undefined ? [] : [[found.id, bundle]],
    );
    const taking = { notice: notice.id, channel, now, wanted };
    const folded = await takeWaiting(this.#database, this.#transaction, taking);
    return Map.groupBy(
      folded.toSorted((a, b) => Number(a.id) - Number(b.id)),
      ({ subscription }) => subscription,
    );
  }

  async #told(folded: readonly Folded[]): Promise<readonly Notice[]> {
    const told: Notice[] = [];
    for (const { notice: id } of folded) {
      const query = this.#transaction.selectFrom("notice").select("data").where("id", "=", id);
      const notice = this.#notices.get(id) ?? (JSON.parse((await query.executeTakeFirstOrThrow()).data) as Notice);
      this.#notices.set(id, notice);
      told.push(notice);
    }
    return told;
  }

  /** Of a correction: whose wrong words came in the message of another notice. */
  async #answersOf(wrong: string, page: readonly Asked[]): Promise<ReadonlyMap<string, string>> {
    const list = this.#database.words.elements(page.map(({ found }) => [found.id]));
    const rows = await this.#transaction
      .selectFrom("delivery")
      .select((row) => ["subscription", row.ref("carried_by").$notNull().as("by")])
      .where("notice", "=", wrong)
      .where("carried_by", "is not", null)
      .where("subscription", "in", sql<string>`(select value ->> 0 from ${list})`)
      .execute();
    return new Map(rows.map(({ by, subscription }) => [subscription, by]));
  }

  async #keep(...texts: readonly (Text | undefined)[]): Promise<void> {
    const { channel, notice } = this.#sealing;
    for (const text of texts) {
      if (!text || this.#kept.has(text.hash)) continue;
      this.#kept.add(text.hash);
      await this.#transaction
        .insertInto("rendering")
        .values({ notice: notice.id, channel, ...text })
        .execute();
    }
  }
}
