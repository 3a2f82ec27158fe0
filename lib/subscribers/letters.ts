import { channels } from "#lib/delivery/channels/channels.ts";
import type { SubscriptionMessage } from "#lib/delivery/channels/letter-words.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Answer, Message } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { type ClaimedLetter, claimLetters, forgetLetters, settleLetter } from "#lib/store/letters.ts";
import { type Subscription, SubscriptionStore } from "#lib/store/subscriptions.ts";
import { erase } from "./erase.ts";
import { addressLabel, CONFIRM_WITHIN_MS, contactLabel, type SubscriptionContext, signingLabel } from "./sign-up.ts";

/** What sending letters needs besides the store. */
export interface LetterDependencies extends SubscriptionContext {
  readonly config: SiteConfig;
  send(message: Message, signal: AbortSignal): Promise<Answer>;
  /** Whether nothing may leave over a channel. */
  readonly isHalted: (channel: ChannelName) => boolean;
  readonly clock: () => number;
}

/** As many letters are sent at a time; they are few. */
const AT_ONCE = 8;

/** No letter takes longer; one whose worker died is sent again after this. */
const LEASE_MS = 5 * 60_000;

/** After so many failures for the moment a letter is given up; whoever waits for it has asked again by then. */
const TRIES = 6;
const RETRY_MS = 60_000;

const KEEP_MS = 30 * 86_400_000;

/** Sends the letters that are due. @returns how many were taken, so that the caller knows whether to ask again at once */
export async function sendLetters(dependencies: LetterDependencies, signal: AbortSignal): Promise<number> {
  const { clock, database } = dependencies;
  const claimed = await claimLetters(database, { now: clock(), most: AT_ONCE, leaseMs: LEASE_MS });
  await Promise.all(claimed.map((letter) => sendOne(dependencies, letter, signal)));
  return claimed.length;
}

/** Takes out of the store what nobody has confirmed in time, and letters of long ago. To be done now and then. */
export async function forgetUnconfirmed(subscriptionContext: SubscriptionContext, now: number): Promise<void> {
  const { database } = subscriptionContext;
  const store = new SubscriptionStore(database);
  for (const one of await store.unconfirmed(now - CONFIRM_WITHIN_MS)) await erase(subscriptionContext, one, now);
  await forgetLetters(database, now - KEEP_MS);
}

async function sendOne(dependencies: LetterDependencies, claimed: ClaimedLetter, signal: AbortSignal): Promise<void> {
  const { clock, database, isHalted, send } = dependencies;
  const { attempts } = claimed;
  const found = await new SubscriptionStore(database).byId(claimed.subscription);
  const message = found && messageFor(dependencies, claimed, found);
  // It was confirmed, left or erased meanwhile: there is nothing to say any more.
  if (!message) return await settleLetter(database, claimed, { state: "failed" });
  const putOff = (ms: number) =>
    settleLetter(database, claimed, { state: "queued", dueAt: clock() + ms, isUntried: true });
  if (isHalted(message.channel)) return await putOff(RETRY_MS);
  const { outcome, retryAfterMs } = await send(message, signal);
  if (outcome === "unsent") return await putOff(retryAfterMs ?? RETRY_MS);
  if (outcome === "accepted" || outcome === "unknown") return await settleLetter(database, claimed, { state: "sent" });
  const isOver = outcome === "refused" || outcome === "gone" || attempts >= TRIES;
  const dueAt = clock() + (retryAfterMs ?? RETRY_MS * 2 ** attempts);
  await settleLetter(database, claimed, isOver ? { state: "failed" } : { state: "queued", dueAt });
}

function messageFor(
  dependencies: LetterDependencies,
  { id, kind }: ClaimedLetter,
  found: Subscription,
): Message | undefined {
  const { config, vault } = dependencies;
  const { address, channel, contact, signingSecret, state } = found;
  if (address === null) return undefined;
  const { locale, name, support, timezone } = config;
  const site = { name, url: config.url, locale, timezone, support };
  const url = `${config.url}/subscriptions/${vault.token(found.id)}`;
  const opened = vault.open(address, addressLabel(found.id));
  if (kind === "quarantined" || kind === "ended") {
    // Its owner may have mended or left it meanwhile.
    if (contact === null || state !== kind) return undefined;
    const receiver = channels[channel].mask(opened);
    const letter: SubscriptionMessage = { kind, url, receiver, detail: found.endedWhy ?? "" };
    const to = { address: vault.open(contact, contactLabel(found.id)) };
    return channels.email.letter(to, letter, site, `letter.${id}`);
  }
  if (state === "ended" || (kind === "confirm" && state === "active")) return undefined;
  const letter: SubscriptionMessage =
    kind === "confirm" ? { kind, url, validHours: CONFIRM_WITHIN_MS / 3_600_000 } : { kind, url };
  const secret = signingSecret === null ? {} : { signingSecret: vault.open(signingSecret, signingLabel(found.id)) };
  return channels[channel].letter({ address: opened, ...secret }, letter, site, `letter.${id}`);
}
