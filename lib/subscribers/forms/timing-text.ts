import { isZone } from "#lib/calendar/wall-clock.ts";
import type { ChannelName, Interest, QuietHours } from "#lib/model/subscription.ts";

/** How often and when somebody is told: the part of an interest that is not what of. */
export type Timing = Pick<Interest, "isEndsOnly" | "everyMinutes" | "quiet" | "isWeekly" | "zone">;

/** The same as it is written in forms, flags and files. What is empty or absent is the default. */
export interface TimingText {
  /** `all` or `ends`. */
  readonly detail?: string | undefined;
  /** Minutes; 0 for each at once. */
  readonly every?: string | undefined;
  /** `22:00-07:00`, or `none`. */
  readonly quiet?: string | undefined;
  /** `each` or `weekly`. */
  readonly maintenance?: string | undefined;
  /** An IANA name, or `site`. */
  readonly zone?: string | undefined;
}

/** Longer than a day, one message about an incident would be none. */
const MOST_MINUTES = 1_440;

/** What is wrong with one of them. */
export interface TimingFault {
  readonly field: keyof TimingText;
  readonly message: string;
  readonly remedy: string;
}

/** Reads how somebody wants to be told. */
export function readTiming(text: TimingText): Timing | TimingFault {
  const [detail, every, maintenance] = [text.detail || "all", text.every || "0", text.maintenance || "each"];
  const [quiet, zone] = [text.quiet || "none", text.zone || "site"];
  const wrong = (field: keyof TimingText, value: string, remedy: string): TimingFault => ({
    field,
    message: `“${value.slice(0, 40)}” is not understood.`,
    remedy,
  });
  if (!["all", "ends"].includes(detail)) return wrong("detail", detail, "Use all or ends.");
  if (!/^\d{1,4}$/.test(every) || Number(every) > MOST_MINUTES) {
    return wrong("every", every, `Use a number of minutes up to ${MOST_MINUTES}; 0 is each at once.`);
  }
  const hours = quiet === "none" ? undefined : hoursOf(quiet);
  if (quiet !== "none" && !hours) {
    return wrong("quiet", quiet, "Use two different times of day, such as 22:00-07:00, or none.");
  }
  if (!["each", "weekly"].includes(maintenance)) return wrong("maintenance", maintenance, "Use each or weekly.");
  // An offset has no summer time, which is seldom what is meant.
  if (zone !== "site" && !(/^[a-z]/i.test(zone) && isZone(zone))) {
    return wrong("zone", zone, "Use a name such as Europe/Copenhagen, or site.");
  }
  return {
    ...(detail === "ends" ? { isEndsOnly: true } : {}),
    ...(Number(every) > 0 ? { everyMinutes: Number(every) } : {}),
    ...(hours ? { quiet: hours } : {}),
    ...(maintenance === "weekly" ? { isWeekly: true } : {}),
    ...(zone === "site" ? {} : { zone }),
  };
}

/** Writes it so that `readTiming` reads the same. */
export function timingText({
  everyMinutes,
  isEndsOnly,
  isWeekly,
  quiet,
  zone,
}: Timing): Readonly<Record<keyof TimingText, string>> {
  return {
    detail: isEndsOnly ? "ends" : "all",
    every: String(everyMinutes ?? 0),
    quiet: quiet ? `${clockText(quiet.from)}-${clockText(quiet.to)}` : "none",
    maintenance: isWeekly ? "weekly" : "each",
    zone: zone ?? "site",
  };
}

/** A program that is posted to reads each notice as it comes, and times in whatever zone. */
export function fitting(channel: ChannelName, interest: Interest): Interest {
  if (channel !== "webhook") return interest;
  const { everyMinutes: _, isWeekly: __, quiet: ___, zone: ____, ...rest } = interest;
  return rest;
}

/** `07:05` of a minute of the day. */
export function clockText(minute: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function hoursOf(text: string): QuietHours | undefined {
  const [, from, fromMinute, to, toMinute] = /^(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)$/.exec(text.trim()) ?? [];
  if (from === undefined || [from, to].some((each) => Number(each) > 23)) return undefined;
  if ([fromMinute, toMinute].some((each) => Number(each) > 59)) return undefined;
  const hours = { from: Number(from) * 60 + Number(fromMinute), to: Number(to) * 60 + Number(toMinute) };
  return hours.from === hours.to ? undefined : hours;
}
