import { offsetAt } from "#lib/calendar/zone.ts";
import { hasReport } from "#lib/model/course.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Content, PreliminaryReport, PublishedEntry } from "#lib/model/site.ts";

/** The content published last, with when that was in milliseconds since the epoch. */
export interface Before {
  readonly content: Content;
  readonly publishedAt: number;
}

/**
 * The content with each final report's preliminary version beside it, where readers have seen one: taken from what was
 * published before, or carried on from there. A file that was renamed says so by a redirect from its old address.
 */
export function withPreliminary(content: Content, before: Before | undefined): Content {
  if (!before) return content;
  const formerly = formerlyIn(before.content);
  const entries = content.entries.map((entry): PublishedEntry => {
    if (!isFinal(entry)) return entry;
    const known = formerly(entry);
    const preliminary = known && preliminaryOf(known, before, content.config.timezone);
    return preliminary ? { ...entry, preliminary } : entry;
  });
  return { ...content, entries };
}

/** Finds what an entry was when something was published, under its id or whatever name either of the two has or had. */
export function formerlyIn({ entries }: Content): (entry: Entry) => PublishedEntry | undefined {
  const published = new Map(entries.flatMap((entry) => namesOf(entry).map((name) => [name, entry])));
  for (const entry of entries) published.set(entry.slug, entry);
  return (entry) =>
    namesOf(entry)
      .map((name) => published.get(name))
      .find((each) => each !== undefined);
}

function namesOf({ id, slug, redirects }: Entry): string[] {
  // No slug has a space in it.
  return [...(id === undefined ? [] : [`id ${id}`]), slug, ...redirects.map(slugBehind).filter((name) => name !== "")];
}

function isFinal(entry: Entry): boolean {
  return hasReport(entry) && (entry.report?.status ?? "final") === "final";
}

function slugBehind(path: string): string {
  return /^\/incidents\/([^/]+)\/?$/.exec(path)?.[1] ?? "";
}

function preliminaryOf(entry: PublishedEntry, before: Before, zone: string): PreliminaryReport | undefined {
  if (!hasReport(entry) || entry.report?.status !== "preliminary") return entry.preliminary;
  const at = before.publishedAt;
  const seen = { kind: "instant", at, offset: offsetAt(at, zone), precision: "minute", approximate: false } as const;
  return { body: entry.body, published: entry.report.published ?? seen };
}
