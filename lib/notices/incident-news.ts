import type { Incident } from "#lib/model/site.ts";
import { latest } from "#lib/model/time.ts";
import { isRecent, type News, type Sighting, updateKey } from "./sighting.ts";

/** What an incident's progress has to tell. */
export function incidentNews(sighting: Sighting<Incident>): News | undefined {
  const { event, known, recent } = sighting;
  const hasRecent = recent.length > 0;
  if (event.isOver && known?.state !== "over") {
    const isFresh =
      hasRecent || (known !== undefined && event.ended !== undefined && isRecent(latest(event.ended), sighting));
    return isFresh ? { kind: "incident_resolved", key: `resolved-${(known?.endings ?? 0) + 1}` } : undefined;
  }
  if (!known) {
    const isFresh = hasRecent || (event.updates.length === 0 && isRecent(latest(event.started), sighting));
    return isFresh ? { kind: "incident_opened", key: "opened" } : undefined;
  }
  // That it goes on although it was over has to be said in so many words: a changed status alone tells nobody.
  return hasRecent ? { kind: "incident_updated", key: updateKey(sighting) } : undefined;
}
