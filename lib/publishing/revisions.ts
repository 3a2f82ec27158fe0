import type { Content, PublishedEntry, Revision } from "#lib/model/site.ts";
import { type Before, formerlyIn } from "./preliminary.ts";

/**
 * The content with the revision of each planned maintenance whose updates alone do not tell it: a calendar takes over what
 * has moved only under a higher number (RFC 5545, section 3.8.7.4), whether somebody wrote an update about it or not.
 * @param now of the publication, in milliseconds since the epoch
 */
export function withRevisions(content: Content, before: Before | undefined, now: number): Content {
  const formerly = before && formerlyIn(before.content);
  const entries = content.entries.map((entry) => {
    if (!entry.scheduled) return entry;
    const { revision: _, ...written } = entry;
    const known = formerly?.(entry);
    const revision = known?.scheduled && revisionOf(written, known, now);
    return revision ? { ...written, revision } : written;
  });
  return { ...content, entries };
}

/** Nothing where the number of the updates says as much. */
function revisionOf(entry: PublishedEntry, known: PublishedEntry, now: number): Revision | undefined {
  const told = entry.updates.length;
  const last = known.revision ?? { sequence: known.updates.length };
  if (shownOf(entry) === shownOf(known)) return known.revision;
  return told > last.sequence ? undefined : { sequence: last.sequence + 1, at: now };
}

/** What a calendar shows of a maintenance. */
function shownOf({ title, scheduled, started, ended, updates, components }: PublishedEntry): string {
  return JSON.stringify([title, scheduled, started, ended, updates, components]);
}
