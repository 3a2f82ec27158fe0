import { openStore } from "#lib/access/open-vault.ts";
import { Tokens } from "#lib/access/tokens.ts";
import type { Vault } from "#lib/access/vault.ts";
import { type Approval, approve } from "#lib/delivery/approval.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { haltAll, resumeAll, scopeOf, type Target } from "#lib/delivery/control.ts";
import { answers, pseudonymsOf, type Question } from "#lib/delivery/ledger.ts";
import { type ShownSeal, shownSeals } from "#lib/delivery/shown-seal.ts";
import { type Verified, verifyAll } from "#lib/delivery/verify.ts";
import type { WitnessedHead } from "#lib/delivery/witness/heads.ts";
import type { Reach, ReachedOne, Scope } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { activeHalts, lift } from "#lib/store/halts.ts";
import { type LedgerEntry, recentFacts } from "#lib/store/ledger.ts";
import { noticeById } from "#lib/store/notices.ts";
import { reachOf, recipientsOf } from "#lib/store/reach.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";

import { type Correction, correct, previewCorrection } from "./correct.ts";
import { takeBack } from "./gather.ts";
import type { Told } from "./seal.ts";

/** How long an alarm is shown, in milliseconds. */
const ALARM_SHOWN_MS = 24 * 3_600_000;

/** Who gives an order, and when: in milliseconds since the epoch. */
interface Order {
  readonly by: string;
  readonly at: number;
}

/** A recipient as an operator may see it. */
export interface Seen extends Omit<ReachedOne, "address"> {
  /** Masked; absent once it was erased. */
  readonly address?: string;
}

/** Where an operator watches over delivery: on the command line and on the page alike. */
export class DeliveryOperations implements AsyncDisposable {
  readonly #environment: Environment;
  readonly #database: Database;
  readonly #vault: Vault;

  private constructor(environment: Environment, database: Database, vault: Vault) {
    this.#environment = environment;
    this.#database = database;
    this.#vault = vault;
  }

  static async open(environment: Environment): Promise<DeliveryOperations> {
    const { database, vault } = await openStore(environment);
    return new DeliveryOperations(environment, database, vault);
  }

  /** How far the newest notices have come; of one incident, channel or notice when it is named. */
  async reach(target: Target, most: number): Promise<readonly Reach[]> {
    const scope = await scopeOf(this.#database, target);
    return await reachOf(this.#database, { ...(scope === "all" ? {} : { scope }), most });
  }

  /** What operators should know of and what has happened within a day, newest first. */
  async alarms(now: number): Promise<readonly string[]> {
    const rows = await recentFacts(this.#database, ["alarm", "guarded"], now - ALARM_SHOWN_MS);
    return rows.map(({ kind, data }) =>
      kind === "alarm" ? String(data["message"]) : `${String(data["by"])} was kept from telling what holds a secret.`,
    );
  }

  /** How many addresses get nothing until their owners say that they work again. */
  async aside(): Promise<number> {
    const counts = await new SubscriptionStore(this.#database).counts();
    return counts.filter(({ state }) => state === "quarantined").reduce((sum, { count }) => sum + count, 0);
  }

  halts() {
    return activeHalts(this.#database);
  }

  async halt(target: Target, why: string, { by, at }: Order): Promise<{ scope: Scope; reach: readonly Reach[] }> {
    const scope = await scopeOf(this.#database, target);
    return { scope, reach: await haltAll(this.#database, { scope, why, by, at }) };
  }

  async resume(target: Target, order: Order): Promise<number> {
    return await resumeAll(this.#database, { scope: await scopeOf(this.#database, target), ...order });
  }

  /** Lifts the halts of exactly this scope: what is halted for another reason besides stays so. */
  async lift(scope: Scope, order: Order): Promise<number> {
    return await lift(this.#database, { scope, ...order });
  }

  /** @throws when it is not a second person, as far as can be proven */
  async approve(notice: string, { by, at }: Pick<Approval, "by" | "at">): Promise<number> {
    const tokens = by.kind === "token" ? await new Tokens(this.#database, this.#environment.data).list() : [];
    const { email } = tokens.find(({ name }) => name === by.name) ?? {};
    const alsoNamed =
      email === undefined ? [] : tokens.filter((other) => isSame(other.email, email)).map(({ name }) => name);
    return await approve(this.#database, { notice, by, alsoNamed, at });
  }

  previewCorrection(correction: Correction): Promise<{ readonly notice: Notice; readonly recipients: number }> {
    return previewCorrection(this.#database, this.#environment, correction);
  }

  /** Takes a notice back for good from everyone whom it has not reached. @returns how many those were */
  withdraw(notice: string, why: string, { by, at }: Order): Promise<number> {
    const teller = { vault: this.#vault, channels: Object.values(channels) };
    return this.#database.transaction((transaction) =>
      takeBack(this.#database, transaction, teller, { notice, why, by, at }),
    );
  }

  correct(correction: Correction): Promise<Told> {
    return correct(this.#database, this.#environment, correction);
  }

  /** Everyone a notice was sealed for, with what became of it. */
  async *recipients(notice: string): AsyncGenerator<Seen> {
    for await (const { address, ...one } of recipientsOf(this.#database, notice)) {
      if (address === null) yield one;
      else yield { ...one, address: this.#masked(one, address) };
    }
  }

  #masked({ channel, subscription }: Pick<ReachedOne, "channel" | "subscription">, address: string): string {
    return channels[channel].mask(this.#vault.open(address, `address ${subscription}`));
  }

  ledger(question: Question): AsyncGenerator<LedgerEntry> {
    return answers(this.#database, this.#vault, question);
  }

  /** The words that were sealed of a notice: on each channel, or as one got them, by address or by name in the ledger. */
  async shown(notice: string, to?: string): Promise<readonly ShownSeal[]> {
    const told = await noticeById(this.#database.query, notice);
    const snapshots = openSnapshots(this.#database);
    const newest = await snapshots.latest();
    const urls = [newest && (await snapshots.content(newest.id)).config.url, told?.notice.site.url];
    const subscribers = to === undefined ? undefined : pseudonymsOf(this.#vault, to);
    const known = [...new Set(urls.filter((url) => url !== undefined))];
    return await shownSeals({ database: this.#database, vault: this.#vault }, notice, known, subscribers);
  }

  /** Follows the whole ledger, and holds every table and the head beside the database against it. */
  async verify(witnessed: readonly WitnessedHead[] = []): Promise<Verified> {
    return await verifyAll(this.#database, this.#vault, this.#environment.data, witnessed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database.close();
  }
}

function isSame(address: string | undefined, other: string): boolean {
  return address?.toLowerCase() === other.toLowerCase();
}
