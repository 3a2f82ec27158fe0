import type { Vault } from "#lib/access/vault.ts";
import type { Answer, Claimed, Recipient } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { type AttemptDependencies, messageId } from "./attempt.ts";
import { channels } from "./channels/channels.ts";
import type { Transport } from "./channels/transport.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** What a worker's attempts work with. */
export interface Tools {
  readonly vault: Vault;
  readonly transports: Readonly<Partial<Record<ChannelName, Transport>>>;
  readonly sealedText: AttemptDependencies["sealedText"];
  readonly policy: RetryPolicy;
  /** Base of every link, without a closing slash. */
  readonly siteUrl: () => string;
  readonly clock: () => number;
  readonly leaseMs: number;
}

/** Puts channels, vault and transports together for attempts. */
export function attemptDependencies({
  vault,
  transports,
  sealedText,
  policy,
  siteUrl,
  clock,
  leaseMs,
}: Tools): AttemptDependencies {
  return {
    sealedText,
    recipientOf: (claimed, address, { corrects }) => ({
      ...recipientOf(vault, siteUrl(), claimed, address),
      ...(corrects === undefined ? {} : { corrected: messageId(claimed.answers ?? corrects, claimed.subscription) }),
    }),
    compose: (rendering, recipient, id) => channels[rendering.channel].compose(rendering, recipient, id),
    send: (message, hold, stop) =>
      transports[message.channel]?.send(message, hold, stop) ??
      Promise.resolve<Answer>({
        outcome: "deferred",
        detail: `The channel ${message.channel} is not set up here.`,
        isOurs: true,
      }),
    proofs: vault,
    policy,
    clock,
    leaseMs,
    chance: Math.random,
  };
}

/** A subscription as a channel sees it, with its own links. @throws when its address cannot be opened */
export function recipientOf(
  vault: Vault,
  siteUrl: string,
  { subscription, channel, signingSecret }: Pick<Claimed, "subscription" | "channel" | "signingSecret">,
  address: string,
): Recipient {
  const manageUrl = `${siteUrl}/subscriptions/${vault.token(subscription)}`;
  return {
    subscription,
    channel,
    address: vault.open(address, `address ${subscription}`),
    manageUrl,
    leaveUrl: `${manageUrl}/leave`,
    ...(signingSecret === null ? {} : { signingSecret: vault.open(signingSecret, `signing ${subscription}`) }),
  };
}
