import { channels } from "#lib/channels/channels.ts";
import type { Reach, ReachedOne, Scope } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { activeHalts, lift } from "#lib/store/halts.ts";
import { type LedgerEntry, recentFacts } from "#lib/store/ledger.ts";
import { reachOf, recipientsOf } from "#lib/store/reach.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { withdrawNotice } from "#lib/store/withdraw.ts";
import type { Vault } from "#lib/vault/vault.ts";
import { approve, haltAll, resumeAll, scopeOf, type Target } from "./control.ts";
import { type Correction, correct, previewCorrection } from "./correct.ts";
import { databaseOf, type Environment } from "./environment.ts";
import { highWater } from "./high-water.ts";
import { answers, type Question, verify } from "./ledger.ts";
import { readSecrets } from "./secret.ts";
import type { Told } from "./tell.ts";
import { vaultOf } from "./vault.ts";

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
export class DeliveryDesk implements AsyncDisposable {
  readonly #environment: Environment;
  readonly #database: Database;
  readonly #vault: Vault;

  private constructor(environment: Environment, database: Database, vault: Vault) {
    this.#environment = environment;
    this.#database = database;
    this.#vault = vault;
  }

  static async open(environment: Environment): Promise<DeliveryDesk> {
    const database = await openDatabase(databaseOf(environment));
    return new DeliveryDesk(environment, database, await vaultOf(database, await readSecrets(environment)));
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

  approve(notice: string, order: Order): Promise<number> {
    return approve(this.#database, { notice, ...order });
  }

  previewCorrection(correction: Correction): Promise<{ readonly notice: Notice; readonly recipients: number }> {
    return previewCorrection(this.#database, this.#environment, correction);
  }

  /** Takes a notice back for good from everyone whom it has not reached. @returns how many those were */
  withdraw(notice: string, why: string, { by, at }: Order): Promise<number> {
    return this.#database.transaction((transaction) =>
      withdrawNotice(this.#database, transaction, { notice, why, by, at }),
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

  /** @returns everything that is not as it was written */
  async verify(): Promise<readonly string[]> {
    const faults = await verify(this.#database);
    if (!(await highWater(this.#database, this.#environment.data).isAhead())) return faults;
    return [
      ...faults,
      "The ledger had come further than this, or another way: a copy was brought back, or its end was cut.",
    ];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database.close();
  }
}
