import { channels } from "#lib/delivery/channels/channels.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { type Subscription, SubscriptionStore } from "#lib/store/subscriptions.ts";
import { erase } from "#lib/subscribers/erase.ts";
import { type Fault, readInterest } from "#lib/subscribers/forms/interest.ts";
import type { Own, SubscriberView } from "#lib/subscribers/forms/view.ts";
import {
  addressLabel,
  CONFIRM_WITHIN_MS,
  contactLabel,
  type SubscriptionContext,
  signingLabel,
} from "#lib/subscribers/sign-up.ts";

/** Why a subscription ended whose owner wanted it so. */
const LEFT = "left";

/** How long somebody may take back having left. */
const REJOIN_WITHIN_MS = 30 * 86_400_000;

/** A request to the page of one subscription. */
export interface Call {
  /** As it stands in the address. */
  readonly token: string;
  readonly isLeaving: boolean;
  /** Of a POST. */
  readonly form?: URLSearchParams;
}

export interface Shown {
  readonly status: number;
  readonly view: SubscriberView;
}

/** What answering needs. */
interface OwnPageContext extends SubscriptionContext {
  readonly call: Call;
  readonly store: SubscriptionStore;
  readonly config: SiteConfig;
  readonly now: number;
}

/** Answers the holder of a subscription's token. A GET changes nothing, as mail programs open links by themselves. */
export async function ownPage(
  subscriptionContext: SubscriptionContext,
  call: Call,
  config: SiteConfig,
  now: number,
): Promise<Shown> {
  const context: OwnPageContext = {
    ...subscriptionContext,
    call,
    store: new SubscriptionStore(subscriptionContext.database),
    config,
    now,
  };
  const id = subscriptionContext.vault.tokenHolder(call.token);
  const found = id === undefined ? undefined : await context.store.byId(id);
  const isTooLate = found?.state === "pending" && found.createdAt < now - CONFIRM_WITHIN_MS;
  if (!found || isTooLate) return { status: 404, view: { kind: "unknown" } };
  if (!call.form) return { status: 200, view: viewOf(context, found) };
  const acted = await act(context, found, call.form);
  const after = await context.store.byId(found.id);
  if (!after) return { status: 404, view: { kind: "unknown" } };
  const view = viewOf({ ...context, call: { ...call, isLeaving: false } }, after, acted);
  return { status: acted.faults.length > 0 ? 422 : 200, view };
}

type Managing = Extract<SubscriberView, { readonly kind: "manage" }>;

interface Acted {
  readonly said?: Managing["said"];
  readonly faults: readonly Fault[];
}

const SILENT: Acted = { faults: [] };

async function act(context: OwnPageContext, found: Subscription, form: URLSearchParams): Promise<Acted> {
  const { call, config, now, store } = context;
  // RFC 8058: whatever is posted there ends it.
  const step = call.isLeaving ? "leave" : form.get("step");
  switch (step) {
    case "confirm":
      if (!(await store.confirm(found.id, now))) return SILENT;
      return { said: "subscribed", faults: [] };
    case "change": {
      const { faults, interest } = readInterest(form, config, found.channel, found.interest);
      if (faults.length > 0) return { faults };
      return (await store.change(found.id, interest, now)) ? { said: "saved", faults: [] } : SILENT;
    }
    case "leave":
      await store.end(found.id, LEFT, now);
      return SILENT;
    case "rejoin":
      if (!canRejoin(found, now) || !(await store.rejoin(found.id, now))) return SILENT;
      return { said: "rejoined", faults: [] };
    case "erase":
      await erase(context, found, now);
      return SILENT;
    default:
      return SILENT;
  }
}

function viewOf(context: OwnPageContext, subscription: Subscription, { faults, said }: Acted = SILENT): SubscriberView {
  const { address, endedWhy, state } = subscription;
  if (address === null) return { kind: "erased" };
  const own = ownOf(context, subscription, address);
  if (state === "ended") {
    if (endedWhy !== LEFT) return { kind: "ended" };
    return { kind: "left", path: own.path, canRejoin: canRejoin(subscription, context.now) };
  }
  if (context.call.isLeaving) return { kind: "leave", own };
  if (state === "pending") return { kind: "confirm", own };
  if (state === "quarantined") return { kind: "aside", own };
  return { kind: "manage", own, faults, ...(said === undefined ? {} : { said }) };
}

function ownOf({ call, vault }: OwnPageContext, subscription: Subscription, locked: string): Own {
  const { channel, contact, id, interest, signingSecret } = subscription;
  const address = vault.open(locked, addressLabel(id));
  return {
    path: `/subscriptions/${call.token}`,
    channel,
    // The address of a chat's webhook is as good as a password: whoever a message was forwarded to shall not read it.
    address: channel === "email" ? address : channels[channel].mask(address),
    interest,
    ...(contact === null ? {} : { contact: vault.open(contact, contactLabel(id)) }),
    ...(signingSecret === null ? {} : { signingSecret: vault.open(signingSecret, signingLabel(id)) }),
  };
}

function canRejoin({ confirmedAt, endedAt = 0, endedWhy }: Subscription, now: number): boolean {
  return endedWhy === LEFT && confirmedAt !== undefined && endedAt > now - REJOIN_WITHIN_MS;
}
