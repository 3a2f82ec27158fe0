import type { ChannelHealth } from "#lib/delivery/channel-health.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";
import type { ChannelName } from "#lib/model/subscription.ts";

type Transports = Readonly<Partial<Record<ChannelName, Transport>>>;

/** The same transports, with an eye on what becomes of every message: notices, and what is written about a subscription. */
export function observed(transports: Transports, health: ChannelHealth): Transports {
  const entries = Object.entries(transports).map(([name, transport]): [string, Transport] => [
    name,
    {
      async send(message, signal) {
        const answer = await transport.send(message, signal);
        health.observe(message.channel, message.to, answer);
        return answer;
      },
      close: () => transport.close(),
    },
  ]);
  return Object.fromEntries(entries);
}
