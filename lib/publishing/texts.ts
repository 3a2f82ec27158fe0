import type { Channel } from "#lib/delivery/channels/channel.ts";
import { sha256 } from "#lib/delivery/seal-check.ts";
import { zoneOf } from "#lib/delivery/timing.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Sealing, Text } from "#lib/store/sealing.ts";

/** Draws what a notice says in somebody's zone and along with what waited: the same for all who asked for the same. */
export function textsOf(channels: readonly Channel[], name: ChannelName, notice: Notice): Sealing["textFor"] {
  const drawn = new Map<string, Text>();
  const channel = channels.find((each) => each.name === name);
  return (interest, earlier) => {
    // A program reads times in whatever zone they are written.
    const timezone = name === "webhook" ? notice.site.timezone : zoneOf(interest, notice.site);
    if (!channel || (timezone === notice.site.timezone && earlier.length === 0)) return undefined;
    const key = [timezone, interest.isWeekly, ...earlier.map(({ id }) => id)].join(" ");
    const known = drawn.get(key);
    if (known) return known;
    const { body } = channel.render(combined({ ...notice, site: { ...notice.site, timezone } }, earlier));
    const text = { body, hash: sha256(body) };
    drawn.set(key, text);
    return text;
  };
}

/** A notice along with those that waited, as one message tells them. */
function combined(notice: Notice, earlier: readonly Notice[]): Notice {
  if (earlier.length === 0) return notice;
  const isWeekly = earlier.some(({ event }) => event.id !== notice.event.id);
  const updates = [...earlier.flatMap((each) => each.updates), ...notice.updates];
  return { ...notice, ...(isWeekly ? {} : { updates }), earlier, ...(isWeekly ? { isWeekly: true } : {}) };
}
