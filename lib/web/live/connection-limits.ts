import type { IncomingMessage } from "node:http";
import { NetworkLimits } from "#lib/access/limits/network-limits.ts";
import { isNear } from "#lib/access/limits/networks.ts";
import { senderOf } from "#lib/access/limits/sender.ts";

/** Connections that one network may open in ten minutes; those of wallboards leave entries in the ledger. */
const PER_NETWORK = { acts: 6_000, seconds: 600 };
const BOARDS_PER_NETWORK = { acts: 600, seconds: 600 };

/** Keeps a stranger from filling the ledger, or from being told the same over and over. */
export class ConnectionLimits {
  readonly #all = new NetworkLimits(PER_NETWORK);
  readonly #boards = new NetworkLimits(BOARDS_PER_NETWORK);

  /** Counts a connection. @returns how many seconds its sender has to wait, if it is one too many */
  async count(request: IncomingMessage, isBoard: boolean): Promise<number | undefined> {
    const sender = senderOf(request);
    // In a house of one's own, and behind a proxy that does not say whom it speaks for.
    if (isNear(sender)) return undefined;
    const taken = await (isBoard ? this.#boards : this.#all).take(sender);
    return "seconds" in taken ? taken.seconds : undefined;
  }
}
