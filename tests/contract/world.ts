import type { Channel } from "#lib/delivery/channels/channel.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";

/** What the other side does with what it gets. `drop` ends the connection instead of answering, `stall` never answers. */
export type Behaviour = "accept" | "defer" | "refuse" | "gone" | "drop" | "stall";

/** A channel with a real receiver at its other end. */
export interface World {
  readonly channel: Channel;
  readonly transport: Transport;
  /** The address of the `n`th subscriber, as `readAddress` gives it. */
  readonly address: (n: number) => string;
  /** Everything whose content arrived whole, as the receiver saw it. */
  readonly received: { readonly to: readonly string[]; readonly content: string }[];
  close(): Promise<void>;
}
