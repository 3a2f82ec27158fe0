import { join } from "node:path";
import { account } from "#lib/access/account.ts";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import type { Vault } from "#lib/access/vault.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { everyId } from "#lib/model/component-ids.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { failure } from "#lib/model/failure.ts";
import { CHANNELS, type ChannelName, type Interest } from "#lib/model/subscription.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { newestGood } from "#lib/store/good-snapshot.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { type Subscription, type SubscriptionState, SubscriptionStore } from "#lib/store/subscriptions.ts";
import { addressLabel, type SubscriptionContext } from "./sign-up.ts";

/** Those who are subscribed, as the operator's commands see them. */
export interface Roster extends SubscriptionContext, AsyncDisposable {
  readonly store: SubscriptionStore;
  readonly config: SiteConfig;
  readonly allowPrivateTargets: boolean;
}

/** A subscription as it is listed: the address is masked unless it was asked for in the open, and null once erased. */
export interface Listed {
  readonly id: string;
  readonly channel: ChannelName;
  readonly address: string | null;
  readonly state: SubscriptionState;
  readonly interest: Interest;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly confirmedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly endedWhy: string | undefined;
  readonly source: string;
}

export interface Filter {
  readonly channel?: ChannelName;
  readonly state?: SubscriptionState;
  /** Told of this component: by its name, or because they asked for all. */
  readonly component?: string;
}

/** @throws when nothing was ever published: the components that can be chosen are not known then */
export async function openRoster(environment: Environment): Promise<Roster> {
  const database = await openDatabase(databaseOf(environment));
  try {
    const vault = await vaultOf(database, await readSecrets(environment));
    const snapshots = openSnapshots(database);
    const latest = await newestGood(snapshots);
    if (!latest) throw failure("UNPUBLISHED", "Nothing is published yet. Publish first.");
    const { config } = latest.content;
    return {
      database,
      vault,
      config,
      store: new SubscriptionStore(database),
      mailFolder: join(environment.data, "mail"),
      allowPrivateTargets: environment.channels?.allowPrivateTargets ?? false,
      [Symbol.asyncDispose]: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Everybody whom a filter lets through. */
export async function* listSubscribers(roster: Roster, filter: Filter, isRevealed: boolean): AsyncGenerator<Listed> {
  for await (const one of roster.store.all(filter)) {
    const { components } = one.interest;
    const sought = filter.component ? everyId(roster.config, [filter.component]) : [];
    if (sought.length > 0 && components.length > 0 && !components.some((id) => sought.includes(id))) continue;
    yield listed(roster, one, isRevealed);
  }
}

export function listed({ vault }: Roster, subscription: Subscription, isRevealed: boolean): Listed {
  const { address: locked, contact: _, failures: __, signingSecret: ___, subscriber: ____, ...shown } = subscription;
  const address = locked === null ? null : vault.open(locked, addressLabel(subscription.id));
  return { ...shown, address: address === null || isRevealed ? address : channels[shown.channel].mask(address) };
}

/** Writes into the ledger that addresses were shown in the open, and to whom. */
export async function noteReveal({ database }: Roster, count: number, now: number): Promise<void> {
  const data = { what: "addresses of subscribers", count, by: account() };
  await database.transaction((transaction) => appendFacts(database, transaction, [{ at: now, kind: "shown", data }]));
}

/** Every subscription of an id or an address, on whatever channel the address can be; also those that have ended. */
export async function findSubscribers(roster: Roster, idOrAddress: string): Promise<readonly Subscription[]> {
  const byId = await roster.store.byId(idOrAddress);
  if (byId) return [byId];
  const found: Subscription[] = [];
  for (const [channel, pseudonym] of pseudonymsOf(roster.vault, idOrAddress)) {
    const one = await roster.store.bySubscriber(channel, pseudonym);
    if (one) found.push(one);
  }
  return found;
}

/** The names that an address has in the ledger, one for each channel it can be an address of. They outlive it. */
export function pseudonymsOf(vault: Vault, address: string): ReadonlyMap<ChannelName, string> {
  return new Map(
    CHANNELS.flatMap((channel): [ChannelName, string][] => {
      // Whatever was once let in is found, whatever is let in today.
      const read = channels[channel].readAddress(address, { allowPrivateTargets: true });
      return "value" in read ? [[channel, vault.pseudonym(channel, read.value)]] : [];
    }),
  );
}
