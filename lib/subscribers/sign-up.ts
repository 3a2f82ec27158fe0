import { randomBytes } from "node:crypto";
import type { Vault } from "#lib/access/vault.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import type { Database } from "#lib/store/dialect.ts";
import { addLetter, type ContactLetterKind, type LetterKind, type LetterLimits } from "#lib/store/letters.ts";
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

/** Whoever types somebody else's address into the form fills nobody's mailbox with it. */
const LIMITS: Readonly<Record<Exclude<LetterKind, ContactLetterKind>, LetterLimits>> = {
  confirm: { perDay: 3, sameAfterMs: 60_000 },
  known: { perDay: 3, sameAfterMs: 3_600_000 },
  test: { perDay: 50, sameAfterMs: 0 },
};

export interface SubscriptionDesk {
  readonly database: Database;
  readonly vault: Vault;
  /** Where mails are written that no mail server takes. */
  readonly mailFolder: string;
}

/**
 * Takes a wish: a letter asks the address to confirm it, or says that it is subscribed already. What happens is to be
 * seen at the address alone, never in the answer to whoever has typed it.
 */
export async function signUp(desk: SubscriptionDesk, wish: Wish, config: SiteConfig, now: number): Promise<void> {
  const { isOpen = true, domains = [] } = config.signup ?? {};
  if (!isOpen || !isAdmitted(wish, domains)) return;
  const store = new SubscriptionStore(desk.database);
  const subscriber = desk.vault.pseudonym(wish.channel, wish.address);
  const known = await store.bySubscriber(wish.channel, subscriber);
  if (known && known.state !== "ended") return await remind(desk, store, known, wish, now);
  const made = newSubscription(desk.vault, wish, { state: "pending", source: "form" }, now);
  try {
    await store.add([made], now);
  } catch (error) {
    // Somebody has signed it up at the same moment.
    const other = await store.bySubscriber(wish.channel, subscriber);
    if (!other || other.state === "ended") throw error;
    return;
  }
  await writeLetter(desk.database, made.id, "confirm", now);
}

/** A second wish for an address. Only before it is confirmed does it change what the first one asked for. */
async function remind(
  { database }: SubscriptionDesk,
  store: SubscriptionStore,
  { id, interest, state }: Subscription,
  wish: Wish,
  now: number,
): Promise<void> {
  const isOther = JSON.stringify(interest) !== JSON.stringify(wish.interest);
  if (state === "pending" && isOther) await store.change(id, wish.interest, now);
  await writeLetter(database, id, state === "active" ? "known" : "confirm", now);
}

/** @returns false when the subscription has had as many letters as it may */
export function writeLetter(
  database: Database,
  subscription: string,
  kind: keyof typeof LIMITS,
  now: number,
): Promise<boolean> {
  return addLetter(database, { id: newId(), subscription, kind }, LIMITS[kind], now);
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
      : { contact: { locked: vault.lock(contact, contactLabel(id)), key: vault.pseudonym("email", contact) } }),
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
function newId(): string {
  return randomBytes(10).toString("hex");
}

/** Of 256 bits, in the form of Standard Webhooks. */
function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
