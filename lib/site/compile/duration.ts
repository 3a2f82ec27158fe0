import { daysBetween } from "#lib/calendar/zone.ts";
import { type Duration, earliest, latest, type When } from "#lib/model/time.ts";

/**
 * The time from one event to another. Where either end is known only as a date or a span, the length is counted in the
 * dates it touches, because any finer figure would be invented.
 * @param until milliseconds since the epoch, for what has not ended
 */
export function durationBetween(from: When, to: When | number): Duration {
  const isRough = from.kind !== "instant" || (typeof to !== "number" && to.kind !== "instant");
  const end = typeof to === "number" ? to : latest(to);
  const approximate = isRough || from.approximate || (typeof to !== "number" && to.approximate);
  if (!isRough) return { ms: Math.max(0, end - earliest(from)), approximate };
  const days = typeof to === "number" ? 0 : daysBetween(dateOf(from, "first"), dateOf(to, "last")) + 1;
  return { ms: Math.max(0, end - earliest(from)), approximate, ...(days > 0 ? { days } : {}) };
}

function dateOf(when: When, which: "first" | "last"): string {
  switch (when.kind) {
    case "day":
      return when.on;
    case "span":
      return dateOf(which === "first" ? when.from : when.to, which);
    case "instant":
      return new Date(when.at + when.offset * 60_000).toISOString().slice(0, 10);
  }
}
