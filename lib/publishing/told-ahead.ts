import type { EntryUpdate } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import type { ContentChanges } from "./changes/content-changes.ts";
import { clock, type NotTold } from "./notices/not-told.ts";

/** New updates that bear a time to come: a Site holds them only when that has come, and then they are told. */
export function toldAhead({ added, changed }: ContentChanges, site: Site): readonly NotTold[] {
  const events = new Map([...site.incidents, ...site.maintenances].map((event) => [event.slug, event]));
  const ahead = (entry: { slug: string; title: string }, updates: readonly EntryUpdate[]) =>
    updates
      .filter(({ at, body }) => {
        const isShown = events
          .get(entry.slug)
          ?.updates.some((one) => earliest(one.at) === earliest(at) && one.body === body);
        return earliest(at) > site.now && !isShown;
      })
      .map(({ at }) => ({
        slug: entry.slug,
        title: entry.title,
        what: `The update of ${clock(at)} is new.`,
        why: "It is told when its time has come.",
      }));
  return [
    ...added.flatMap((entry) => ahead(entry, entry.updates)),
    ...changed.flatMap(({ after, updates }) => ahead(after, updates.added)),
  ];
}
