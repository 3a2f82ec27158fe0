import { isZone } from "#lib/calendar/wall-clock.ts";
import type { Note } from "../imported.ts";

/** Zones by the names that Statuspage's settings show; it writes some of them into its answers. */
const NAMED: Readonly<Record<string, string>> = {
  "pacific time (us & canada)": "America/Los_Angeles",
  "mountain time (us & canada)": "America/Denver",
  "central time (us & canada)": "America/Chicago",
  "eastern time (us & canada)": "America/New_York",
  arizona: "America/Phoenix",
  london: "Europe/London",
  dublin: "Europe/Dublin",
  amsterdam: "Europe/Amsterdam",
  berlin: "Europe/Berlin",
  copenhagen: "Europe/Copenhagen",
  paris: "Europe/Paris",
  madrid: "Europe/Madrid",
  stockholm: "Europe/Stockholm",
  tokyo: "Asia/Tokyo",
  singapore: "Asia/Singapore",
  sydney: "Australia/Sydney",
  melbourne: "Australia/Melbourne",
  brasilia: "America/Sao_Paulo",
};

export function zoneOf(written: string, note: Note): string {
  if (written === "") return "UTC";
  const zone = NAMED[written.toLowerCase()] ?? written;
  if (isZone(zone)) return zone;
  note(`time_zone: ${written}`, "it is not known; UTC was written");
  return "UTC";
}
