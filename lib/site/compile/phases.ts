import { type Entry, PHASES } from "#lib/model/incident.ts";
import type { PhaseAt } from "#lib/model/site.ts";
import { earliest, type When } from "#lib/model/time.ts";
import { durationBetween } from "./duration.ts";

/** What else an incident says of its turns. */
interface Known {
  readonly started: When;
  readonly detected?: When;
  readonly ended?: When;
  /** When its first update was written. */
  readonly told?: When;
}

/** The turns of an incident in the order of time; none where its file names none. What it says elsewhere fills the gaps. */
export function phasesOf({ phases }: Entry, { started, ...known }: Known): { readonly phases?: readonly PhaseAt[] } {
  if (!phases || Object.keys(phases).length === 0) return {};
  const all = { harm: started, ...known, ...phases };
  const found = PHASES.flatMap((phase): PhaseAt[] => {
    const at = all[phase];
    if (!at) return [];
    const isAfter = phase !== "harm" && earliest(at) >= earliest(all.harm);
    return [{ phase, at, ...(isAfter ? { after: durationBetween(all.harm, at) } : {}) }];
  });
  return { phases: found.toSorted((a, b) => earliest(a.at) - earliest(b.at)) };
}
