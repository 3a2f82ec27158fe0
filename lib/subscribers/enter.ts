import { channels } from "#lib/delivery/channels/channels.ts";
import { addressFaultWords } from "#lib/delivery/channels/read-address.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { componentOf, currentIds } from "#lib/model/component-ids.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { erase } from "./erase.ts";
import { EVERYTHING } from "./forms/interest.ts";
import { fitting } from "./forms/timing-text.ts";
import { findSubscribers, type Roster } from "./roster.ts";
import { newSubscription } from "./sign-up.ts";

export interface Entering {
  readonly channel: ChannelName;
  /** As it was typed. */
  readonly address: string;
  readonly interest: Omit<Interest, "topics"> & { readonly topics?: Interest["topics"] | undefined };
}

export type Entered =
  | { readonly kind: "added"; readonly id: string }
  /** There is something of this address already. */
  | { readonly kind: "known"; readonly id: string; readonly state: string }
  | { readonly kind: "refused"; readonly message: string; readonly remedy: string };

/** Subscribes somebody on the operator's word: active at once, and no message asks whether they agree. */
export async function enter(roster: Roster, { address, channel, interest }: Entering, now: number): Promise<Entered> {
  const read = channels[channel].readAddress(address, roster);
  if (!("value" in read)) return { kind: "refused", ...addressFaultWords(read, messagesIn("en")) };
  const unknown = unknownComponent(roster, interest.components);
  if (unknown) return { kind: "refused", ...unknown };
  const known = await roster.store.bySubscriber(channel, roster.vault.pseudonym(channel, read.value));
  if (known && ["active", "quarantined"].includes(known.state))
    return { kind: "known", id: known.id, state: known.state };
  const wish = {
    channel,
    address: read.value,
    interest: fitting(channel, {
      ...interest,
      components: currentIds(roster.config, interest.components),
      topics: interest.topics ?? EVERYTHING.topics,
    }),
  };
  const made = newSubscription(roster.vault, wish, { state: "active", source: "operator" }, now);
  await roster.store.add([made], now);
  return { kind: "added", id: made.id };
}

/** What is wrong with ids of components, if one of them is none. */
export function unknownComponent(
  { config }: Pick<Roster, "config">,
  components: readonly string[],
): { readonly message: string; readonly remedy: string } | undefined {
  const unknown = components.find((id) => !componentOf(config, id));
  if (unknown === undefined) return undefined;
  const remedy = `Use ${config.components.map(({ id }) => id).join(", ")}.`;
  return { message: `There is no component “${unknown}”.`, remedy };
}

/** Ends everything of an id or an address. @returns how many subscriptions that were */
export async function remove(roster: Roster, idOrAddress: string, now: number): Promise<number> {
  let ended = 0;
  for (const { id } of await findSubscribers(roster, idOrAddress)) {
    if (await roster.store.end(id, "removed by the operator", now)) ended += 1;
  }
  return ended;
}

/** Erases everything of an id or an address, also of who left long ago. @returns how many subscriptions that were */
export async function eraseAll(roster: Roster, idOrAddress: string, now: number): Promise<number> {
  let erased = 0;
  for (const found of await findSubscribers(roster, idOrAddress)) {
    if (await erase(roster, found, now)) erased += 1;
  }
  return erased;
}
