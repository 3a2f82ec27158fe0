import { spokenEnd } from "#lib/content/author/spoken-end.ts";
import { type Spoken, spokenTime } from "#lib/content/author/spoken-time.ts";
import { MAX_TITLE } from "#lib/content/parse/schema-values.ts";
import { readWhen } from "#lib/content/parse/when.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { type Instant, latest } from "#lib/model/time.ts";
import type { Judge } from "./ask.ts";

/** Whether a title can be taken. */
export const judgeTitle: Judge = (answer) =>
  answer.trim().length > MAX_TITLE ? `It is longer than ${MAX_TITLE} characters. Shorten it.` : undefined;

/** Whether an answer is a time. */
export function judgeTime({ timezone }: SiteConfig): Judge {
  return (answer) =>
    judgeSpoken(spokenTime(answer, timezone, Date.now(), "future"), timezone, Number.NEGATIVE_INFINITY);
}

/** Whether an answer is a time that is still to come, after a beginning: a length of time counts from there. */
export function judgeEnd({ timezone }: SiteConfig, start: Instant): Judge {
  return (answer) =>
    judgeSpoken(spokenEnd(answer, start, timezone, Date.now()), timezone, Math.max(Date.now(), start.at));
}

function judgeSpoken(spoken: Spoken, zone: string, after: number): string | undefined {
  if ("fault" in spoken) return `${spoken.fault.message} ${spoken.fault.remedy}`;
  const read = readWhen(spoken.at, zone);
  if ("fault" in read) return `${read.fault.message} ${read.fault.remedy}`;
  return latest(read.value) > after ? undefined : `That would be ${spoken.at}: too early. Say a later time.`;
}

/** This moment, in the form of a time. */
export function thisMoment(): Instant {
  return { kind: "instant", at: Date.now(), offset: 0, precision: "minute", approximate: false };
}

/** What a time that was judged before means. */
export function momentOf(answer: string, { timezone }: SiteConfig): Instant {
  const spoken = spokenTime(answer, timezone, Date.now(), "future");
  const read = "at" in spoken ? readWhen(spoken.at, timezone) : undefined;
  return read && "value" in read && read.value.kind === "instant" ? read.value : thisMoment();
}
