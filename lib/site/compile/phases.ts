import { offsetAt } from "#lib/calendar/zone.ts";
import { PHASES } from "#lib/model/incident.ts";
import type { PhaseAt, PublishedEntry } from "#lib/model/site.ts";
import { earliest, type When } from "#lib/model/time.ts";
import { durationBetween } from "./duration.ts";

/** What else an incident says of its turns. */
interface Known {
  readonly started: When;
  readonly detected?: When;
  readonly ended?: When;
}

/**
 * The turns of an incident in the order of time; none where its file names none. What it says elsewhere fills the gaps, and
 * customers were told when it was published, where that is known.
 * @param zone of the site
 */
export function phasesOf(
  { phases, seen }: PublishedEntry,
  { started, ...known }: Known,
  zone: string,
): { readonly phases?: readonly PhaseAt[] } {
  if (!phases || Object.keys(phases).length === 0) return {};
  const told = seen?.event === undefined ? {} : { told: toTheMinute(seen.event, zone) };
  const all = { harm: started, ...known, ...told, ...phases };
  const found = PHASES.flatMap((phase): PhaseAt[] => {
    const at = all[phase];
    if (!at) return [];
    const isAfter = phase !== "fault" && phase !== "harm" && earliest(at) >= earliest(all.harm);
    return [{ phase, at, ...(isAfter ? { after: durationBetween(all.harm, at) } : {}) }];
  });
  return { phases: found.toSorted((a, b) => earliest(a.at) - earliest(b.at)) };
}

function toTheMinute(at: number, zone: string): When {
  const minute = at - (at % 60_000);
  return { kind: "instant", at: minute, offset: offsetAt(minute, zone), precision: "minute", approximate: false };
}
