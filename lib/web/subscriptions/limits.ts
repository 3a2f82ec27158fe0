import type { IncomingMessage } from "node:http";
import { NetworkLimits } from "#lib/access/limits/network-limits.ts";
import { isNear } from "#lib/access/limits/networks.ts";
import { senderOf } from "#lib/access/limits/sender.ts";

/** Forms that one network may send in an hour. */
const PER_NETWORK = { acts: 30, seconds: 3_600 };

/** Of a proxy that does not say for whom it asks, which may be for everybody. */
const PER_PROXY = { acts: 120, seconds: 3_600 };

/** As many forms an hour come from all networks together on a busy day. Beyond that, letters leave slowly. */
const OVERALL = 500;

/** So far apart the letters to the forms of one network then leave, in milliseconds. */
const APART_MS = 30_000;

const HOUR_MS = 3_600_000;

/** How long a form has to wait until it may be sent again; or how long the letter about it waits. */
export type Admission = { readonly seconds: number } | { readonly delayMs: number };

/**
 * Keeps strangers from signing up in masses: what counts is where a form comes from, never what is in it. One network is
 * refused; when all of them together send too much, nobody is, but one network's letters leave one after another: those
 * who flood wait for themselves, and everybody else for half a minute.
 */
export class SignUpLimits {
  readonly #networks = new NetworkLimits(PER_NETWORK);
  readonly #proxies = new NetworkLimits(PER_PROXY);
  readonly #clock: () => number;
  #hour = 0;
  #inHour = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Counts a form. */
  async count(request: IncomingMessage): Promise<Admission> {
    const sender = senderOf(request);
    const taken = await (isNear(sender) ? this.#proxies : this.#networks).take(sender);
    if ("seconds" in taken) return taken;
    const hour = Math.floor(this.#clock() / HOUR_MS);
    if (hour !== this.#hour) [this.#hour, this.#inHour] = [hour, 0];
    this.#inHour += 1;
    return { delayMs: this.#inHour > OVERALL ? taken.count * APART_MS : 0 };
  }
}
