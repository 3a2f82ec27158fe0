import { randomBytes } from "node:crypto";
import type { Vault } from "#lib/access/vault.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { mailboxOf } from "#lib/model/mailbox.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import type { Database } from "#lib/store/dialect.ts";
import { addLetter, type LetterKind, type LetterLimits } from "#lib/store/letters.ts";
import { type Subscription, type SubscriptionState, SubscriptionStore } from "#lib/store/subscriptions.ts";

/** Who wants to be told of what; the address is as the channel has read it. */
export interface Wish {
  readonly channel: ChannelName;
  readonly address: string;
  readonly interest: Interest;
  /** Of a webhook: the mail address of whoever is to know when it does not answer. */
  readonly contact?: string | undefined;
}

/** How long somebody may take to confirm. */
export const CONFIRM_WITHIN_MS = 7 * 86_400_000;

/** Whoever types somebody else's address into the form fills nobody's mailbox with it, in whatever spelling. */
const LIMITS = {
  confirm: { perDay: 3, perReceiver: 5, sameAfterMs: 60_000 },
  known: { perDay: 3, perReceiver: 5, sameAfterMs: 3_600_000 },
} satisfies Partial<Record<LetterKind, LetterLimits>>;

export interface SubscriptionContext {
  readonly database: Database;
  readonly vault: Vault;
  /** Where mails are written that no mail server takes. */
  readonly mailFolder: string;
}

/**
 * Takes a wish: a letter asks the address to confirm it, or says that it is subscribed already. What happens is to be
 * seen at the address alone, never in the answer to whoever has typed it.
 * @param delayMs how long the letter waits before it leaves
 */
export async function signUp(
  subscriptionContext: SubscriptionContext,
  wish: Wish,
  config: SiteConfig,
  now: number,
  delayMs = 0,
): Promise<void> {
  const { isOpen = true, domains = [] } = config.signup ?? {};
  if (!isOpen || !isAdmitted(wish, domains)) return;
  const store = new SubscriptionStore(subscriptionContext.database);
  const subscriber = subscriptionContext.vault.pseudonym(wish.channel, wish.address);
  const known = await store.bySubscriber(wish.channel, subscriber);
  if (known && known.state !== "ended") return await remind(subscriptionContext, store, known, { wish, now, delayMs });
  const made = newSubscription(subscriptionContext.vault, wish, { state: "pending", source: "form" }, now);
  try {
    await store.add([made], now);
  } catch (error) {
    // Somebody has signed it up at the same moment.
    const other = await store.bySubscriber(wish.channel, subscriber);
    if (!other || other.state === "ended") throw error;
    return;
  }
  await writeLetter(subscriptionContext, { ...wish, subscription: made.id, kind: "confirm" }, now, delayMs);
}

/** A second wish for an address. Only before it is confirmed does it change what the first one asked for. */
async function remind(
  subscriptionContext: SubscriptionContext,
  store: SubscriptionStore,
  { id: subscription, interest, state }: Subscription,
  { wish, now, delayMs }: { readonly wish: Wish; readonly now: number; readonly delayMs: number },
): Promise<void> {
  const isOther = JSON.stringify(interest) !== JSON.stringify(wish.interest);
  if (state === "pending" && isOther) await store.change(subscription, wish.interest, now);
  const kind = state === "active" ? "known" : "confirm";
  await writeLetter(subscriptionContext, { ...wish, subscription, kind }, now, delayMs);
}

interface LetterTo extends Pick<Wish, "channel" | "address"> {
  readonly subscription: string;
  readonly kind: keyof typeof LIMITS;
}

/** Writes a letter, unless the subscription, or the mailbox behind its address, has had as many as it may. */
async function writeLetter(
  { database, vault }: SubscriptionContext,
  { channel, address, subscription, kind }: LetterTo,
  now: number,
  delayMs: number,
): Promise<void> {
  const receiver = vault.pseudonym(channel, receiverOf(channel, address));
  const letter = { id: newId(), subscription, receiver, kind, dueAt: now + delayMs };
  await addLetter(database, letter, LIMITS[kind], now);
}

/** Where an address leads that can be written in many ways: a mailbox, or a webhook whatever its query says. */
function receiverOf(channel: ChannelName, address: string): string {
  if (channel === "email") return mailboxOf(address);
  return channel === "webhook" ? (address.split(/[?\s]/, 1)[0] ?? "") : address;
}

function isAdmitted({ address, channel }: Wish, domains: readonly string[]): boolean {
  if (domains.length === 0) return true;
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return channel === "email" && domains.some((each) => each.toLowerCase() === domain);
}

/** A subscription as the store keeps it: the address locked, its owner under a pseudonym. */
export function newSubscription(
  vault: Vault,
  { address, channel, contact, interest }: Wish,
  { source, state }: { readonly state: SubscriptionState & ("pending" | "active"); readonly source: string },
  now: number,
) {
  const id = newId();
  return {
    id,
    channel,
    subscriber: vault.pseudonym(channel, address),
    address: vault.lock(address, addressLabel(id)),
    signingSecret: channel === "webhook" ? vault.lock(newSigningSecret(), signingLabel(id)) : null,
    ...(contact === undefined
      ? {}
      : {
          contact: { locked: vault.lock(contact, contactLabel(id)), key: vault.pseudonym("email", mailboxOf(contact)) },
        }),
    interest,
    state,
    createdAt: now,
    confirmedAt: state === "active" ? now : undefined,
    source,
  };
}

/** As what the vault locks an address, a contact, and a webhook's signing secret: each opens as its own subscription's alone. */
export const addressLabel = (subscription: string) => `address ${subscription}`;
export const contactLabel = (subscription: string) => `contact ${subscription}`;
export const signingLabel = (subscription: string) => `signing ${subscription}`;

/** Of letters and digits, as the tokens of links begin with it. */
export function newId(): string {
  return randomBytes(10).toString("hex");
}

/** Of 256 bits, in the form of Standard Webhooks. */
function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
