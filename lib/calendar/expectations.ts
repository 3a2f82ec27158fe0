import type { Message } from "#lib/messages/catalogue.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Event, Update } from "#lib/model/site.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";
import { isNear, type Manner, timeInWords } from "./words.ts";
import { inZone } from "./zone.ts";

/** A sentence about what readers may expect, with its time apart: every view writes times in its own way. */
export interface Expectation {
  readonly of: "next" | "end";
  readonly sentence: Message<"{time}">;
  readonly when: When;
  /** Where its clock time says enough, it needs no date. */
  readonly form: "clock" | "full";
  /** What was promised has not come. */
  readonly isOverdue: boolean;
}

/** By when the next update comes, and an estimate of the end, which is always called one. */
export function expectationsOf(
  { nextUpdate, expectedEnd }: Pick<Event, "nextUpdate" | "expectedEnd">,
  now: number,
  locale: string,
): readonly Expectation[] {
  const { next, nextOverdue, end, endOverdue } = messagesIn(locale).expectation;
  const expected = (of: Expectation["of"], when: When, due: Message<"{time}">, overdue: Message<"{time}">) => {
    const isOverdue = now > latest(when);
    return { of, sentence: isOverdue ? overdue : due, when, form: formOf(when, now), isOverdue };
  };
  return [
    ...(nextUpdate ? [expected("next", nextUpdate, next, nextOverdue)] : []),
    ...(expectedEnd ? [expected("end", expectedEnd, end, endOverdue)] : []),
  ];
}

/** These sentences as plain text, told in the site's zone. @param from where a clock time alone would be near enough to this moment, in milliseconds since the epoch, it has no date */
export function expectationsInWords(
  event: Pick<Event, "nextUpdate" | "expectedEnd">,
  manner: Manner,
  from: number,
): string {
  return expectationsOf(event, from, manner.locale)
    .map(({ sentence, when, form }) => sentence({ time: timeInWords(inZone(when, manner.timezone), manner, form) }))
    .join(" ");
}

/** What an update says of the next one and, if it is the newest, of the end: as it was when it was written. */
export function saidExpectations(
  update: Pick<Update, "at" | "nextUpdate">,
  event: Pick<Event, "expectedEnd" | "updates">,
  manner: Manner,
): string {
  const isNewest = event.updates.at(-1) === update;
  const { nextUpdate } = update;
  const said = {
    ...(nextUpdate ? { nextUpdate } : {}),
    ...(isNewest && event.expectedEnd ? { expectedEnd: event.expectedEnd } : {}),
  };
  return expectationsInWords(said, manner, earliest(update.at));
}

function formOf(when: When, now: number): Expectation["form"] {
  return when.kind === "instant" && isNear(when.at, now) ? "clock" : "full";
}
