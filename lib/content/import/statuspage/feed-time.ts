import { offsetOf } from "../zone-names.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SHAPE = /^(?:([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?,?\s+)?(\d{1,2}):(\d{2})(?:\s+([A-Z]{1,5}))?$/;
const HALF_YEAR_MS = 182 * 86_400_000;

/**
 * Reads “Aug 21, 00:37 UTC”: the year is the one that brings it nearest to `near`.
 * @param zoneFrom another time that names the zone, where this one does not
 * @param dateFrom another time that names the date, where this one does not
 */
export function readFeedTime(
  written: string,
  near: number | undefined,
  zoneFrom?: string,
  dateFrom?: string,
): string | undefined {
  const [, name, day, year, hours = "", minutes = "", letters] = SHAPE.exec(written.trim()) ?? [];
  if (hours === "") return undefined;
  if (name === undefined) {
    const date = /^.*?(?=\d{1,2}:\d{2})/.exec(dateFrom ?? "")?.[0] ?? "";
    return date === "" ? undefined : readFeedTime(`${date}${written}`, near, zoneFrom);
  }
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  const offset = offsetOf(letters ?? /([A-Z]{1,5})$/.exec(zoneFrom ?? "")?.[1] ?? "");
  if (month === 0 || offset === undefined || (year === undefined && near === undefined)) return undefined;
  const two = (part: string | number) => String(part).padStart(2, "0");
  const rest = `-${two(month)}-${two(day ?? "")}T${two(hours)}:${minutes}`;
  const base = new Date(near ?? 0).getUTCFullYear();
  const years = year === undefined ? [base - 1, base, base + 1].map(String) : [year];
  const found = years.find(
    (each) => years.length === 1 || Math.abs(Date.parse(`${each}${rest}:00${offset}`) - (near ?? 0)) <= HALF_YEAR_MS,
  );
  return found === undefined ? undefined : `${found}${rest}${offset}`;
}
