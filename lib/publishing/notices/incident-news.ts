import { assumedImpact } from "#lib/model/impact.ts";
import { IMPACTS } from "#lib/model/incident.ts";
import type { Incident } from "#lib/model/site.ts";
import { earliest, latest } from "#lib/model/time.ts";
import type { KnownEvent } from "./known.ts";
import { type EventObservation, isAwaited, isRecent, type News, updateKey } from "./observation.ts";
import { hasGrown, isAhead } from "./remember.ts";

/** What an incident's progress has to tell. */
export function incidentNews(observation: EventObservation<Incident>): News | undefined {
  const { event, known, recent } = observation;
  const hasRecent = recent.length > 0;
  if (event.isOver && known?.state !== "over") {
    // Written as done before it began: a note of what is to come, of which nobody can have noticed anything.
    if (!known && earliest(event.started) > observation.now) return undefined;
    const ended = event.ended ? latest(event.ended) : 0;
    const isFresh = hasRecent || (known && isRecent(ended, observation)) || isAwaited(ended, observation);
    return isFresh ? { kind: "incident_resolved", key: `resolved-${(known?.endings ?? 0) + 1}` } : undefined;
  }
  if (!known || known.state === "planned") {
    const hasJustBegun =
      event.updates.length === 0 && !isAhead(observation) && isRecent(latest(event.started), observation);
    const isFresh = hasRecent || hasJustBegun;
    return isFresh ? { kind: "incident_opened", key: "opened" } : undefined;
  }
  // That it goes on although it was over has to be said in so many words: a changed status alone tells nobody.
  if (!hasRecent) return undefined;
  const news = { kind: "incident_updated", key: updateKey(observation) } as const;
  return isTurn(event, known) || hasGrown(observation) ? news : { ...news, isBetween: true };
}

/** Whether an incident goes on that was over, is worse than ever before, or reaches further: to some that is a beginning. */
function isTurn(event: Incident, known: KnownEvent): boolean {
  const isWorse = IMPACTS.indexOf(assumedImpact(event)) > IMPACTS.indexOf(known.impact ?? "none");
  return (
    known.state === "over" || isWorse || event.effects.some(({ component }) => !known.components.includes(component))
  );
}
