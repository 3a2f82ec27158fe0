import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { addDays, dateAt } from "#lib/calendar/zone.ts";

/** Front matter as a plain value, with times as text. */
export type FrontMatter = Readonly<Record<string, unknown>>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * What the server's clock shows, whole minutes only: fixtures are dated from here. In milliseconds since the epoch. Where
 * processes share sites it is when the sites were written (`shared-sites.ts`).
 */
export const NOW = Number(process.env["SITES_DATED"] ?? Math.floor(Date.now() / MINUTE) * MINUTE);

/** The instant `ms` before now (after it when negative), in UTC, to the minute. */
export function ago(ms: number): string {
  return `${new Date(NOW - ms).toISOString().slice(0, 16)}Z`;
}

/** The fixtures' zone. */
export const ZONE = "Europe/Copenhagen";

/** The date in the fixtures' zone `days` before today. */
export function dayAgo(days: number): string {
  return addDays(dateAt(NOW, ZONE), -days);
}

/** Noon of the date `days` before today, or so many minutes later: far from midnight, and clear in every zone. */
export function noonAgo(days: number, minutes = 0): string {
  const clock = new Date((12 * 60 + minutes) * MINUTE).toISOString().slice(11, 16);
  return `${dayAgo(days)}T${clock}`;
}

export function writeSite(folder: string, site: FrontMatter): void {
  write(join(folder, "site.yaml"), stringify(site));
}

/** Writes one incident file; `slug` may have folders before it. */
export function writeEntry(folder: string, slug: string, front: FrontMatter, report = ""): void {
  write(join(folder, `${slug}.md`), `---\n${stringify(front)}---\n${report}`);
}

export function write(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
