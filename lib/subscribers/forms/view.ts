import type { Messages } from "#lib/messages/messages.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { CHANNELS, type ChannelName, type Interest } from "#lib/model/subscription.ts";
import type { Fault } from "./interest.ts";

/** What stands at `/subscribe` and on the pages of one subscription: all that a page needs to be drawn. */
export type SubscriberView =
  | { readonly kind: "sign-up"; readonly state: SignUpState }
  /** Nobody new is taken. */
  | { readonly kind: "closed" }
  /** What was sent cannot be taken, for a reason that has nothing to do with the address. */
  | { readonly kind: "refused"; readonly reason: "notOurs" | "foreign" | "tooMany" }
  /** The same whoever has signed up with whatever address. */
  | { readonly kind: "sent"; readonly channel: ChannelName }
  | { readonly kind: "confirm" | "aside" | "leave"; readonly own: Own }
  | {
      readonly kind: "manage";
      readonly own: Own;
      /** What was just done. */
      readonly said?: "saved" | "subscribed" | "rejoined";
      readonly faults: readonly Fault[];
    }
  | { readonly kind: "left"; readonly path: string; readonly canRejoin: boolean }
  /** It has ended without its owner's doing, or nothing of it is kept any more. */
  | { readonly kind: "erased" | "ended" }
  /** The same for a link that never was one and for one whose subscription is gone. */
  | { readonly kind: "unknown" };

/** A form that somebody has begun to fill in. */
export interface SignUpState {
  readonly channel: ChannelName;
  readonly address: string;
  /** Of a webhook: what else was typed. */
  readonly webhook?: { readonly isStatuspage: boolean; readonly contact: string };
  readonly interest: Interest;
  readonly faults: readonly Fault[];
  /** By which a browser knows what this site pushes. */
  readonly pushKey: string;
}

/** A subscription as its owner sees it. */
export interface Own {
  /** Path of its page. */
  readonly path: string;
  readonly channel: ChannelName;
  /** As its owner may see it. */
  readonly address: string;
  readonly interest: Interest;
  readonly signingSecret?: string;
  /** Who is written to when a webhook does not answer. */
  readonly contact?: string;
}

/** The name of the field by which only programs that fill in everything sign up. */
export const HONEYPOT = "website";

/** The channels that are open to everybody, or to addresses of certain organisations alone. */
export function offeredChannels({ signup }: SiteConfig): readonly ChannelName[] {
  return (signup?.domains.length ?? 0) > 0 ? ["email"] : CHANNELS;
}

/** The title of a page, without the site's name. */
export function titleOf(view: SubscriberView, { own, sent, signUp }: Messages): string {
  switch (view.kind) {
    case "sign-up":
    case "closed":
      return signUp.title;
    case "refused":
      return sent.failed;
    case "sent":
      return view.channel === "webpush" ? sent.pushTitle : sent.title;
    default:
      return own[view.kind];
  }
}
