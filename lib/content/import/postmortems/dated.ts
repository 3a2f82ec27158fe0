import { type Moment, readMoment, roughly } from "../moment.ts";
import { offsetOf } from "../zone-names.ts";

/** A date with its time of day, as lists and tables of events begin with one. */
export const CLOCK = String.raw`(?<date>\d{4}-\d{2}-\d{2})(?:[T ]+(?<clock>\d{1,2}[:.]\d{2}(?::\d{2})?)(?<zone>\s?(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4}))?)?(?![\d:-])(?<rough>\s?~)?`;

type Parts = Readonly<Record<string, string | undefined>>;

/** A time made of what `CLOCK` finds. @param offset of a time that names no zone */
export function momentOf(
  { date, clock, zone: own, about, rough }: Parts,
  offset: string,
  zone: string,
): Moment | undefined {
  if (date === undefined) return undefined;
  const letters = own?.trim() ?? "";
  const shift = /^[A-Z]{3,4}$/.test(letters) ? (offsetOf(letters) ?? offset) : letters || offset;
  const { moment } = readMoment(clock === undefined ? date : `${date}T${clock.replace(".", ":")}${shift}`, zone);
  return moment && (about || rough) ? roughly(moment) : moment;
}
