import { offsetAt } from "#lib/calendar/zone.ts";
import { publicId } from "#lib/content/ids/public-id.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Content, PublishedCorrection, PublishedEntry } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { keyOf } from "./first-seen.ts";
import { type Before, formerlyIn } from "./preliminary.ts";

/** A notice that corrects another one. */
export interface CorrectedNotice {
  readonly correction: Notice;
  readonly wrong: Notice;
}

/**
 * The content with what was corrected, beside what it corrects: readers see it as those do who were told.
 * @param corrections the oldest first
 */
export function withCorrections(content: Content, corrections: readonly CorrectedNotice[]): Content {
  if (corrections.length === 0) return { ...content, entries: content.entries.map((entry) => withOwn(entry, [])) };
  const entries = content.entries.map((entry) => {
    const own = corrections.filter(({ correction, wrong }) => isAbout(correction.event, wrong, entry));
    return withOwn(
      entry,
      own.map((one) => published(one, entry, content.config.timezone)),
    );
  });
  return { ...content, entries };
}

/** The same where no record says what was corrected, as for a copy of the site: what stood there stays. */
export function keepCorrections(content: Content, before: Before | undefined): Content {
  if (!before) return content;
  const formerly = formerlyIn(before.content);
  return {
    ...content,
    entries: content.entries.map((entry) => withOwn(entry, formerly(entry)?.corrections ?? [])),
  };
}

function withOwn(entry: PublishedEntry, corrections: readonly PublishedCorrection[]): PublishedEntry {
  const { corrections: _, ...rest } = entry;
  return corrections.length > 0 ? { ...rest, corrections } : rest;
}

/**
 * Whether a notice was about an entry: by its id, or by its name where the file got its id since. A name alone may be that
 * of another one by now, so that something of what was told has to stand in the file.
 */
function isAbout({ id, slug }: Notice["event"], { updates }: Notice, entry: PublishedEntry): boolean {
  if (entry.id !== undefined && entry.id === id) return true;
  if (publicId(entry) !== id && entry.slug !== slug) return false;
  const times = new Set(entry.updates.map(({ at }) => earliest(at)));
  return updates.some(({ at }) => times.has(earliest(at))) || (updates.length === 0 && publicId(entry) === id);
}

function published({ correction, wrong }: CorrectedNotice, entry: PublishedEntry, zone: string): PublishedCorrection {
  const { madeAt: at, message = "" } = correction;
  const told = wrong.updates.at(-1);
  const update = told && entry.updates.find((one) => earliest(one.at) === earliest(told.at));
  return {
    at: { kind: "instant", at, offset: offsetAt(at, zone), precision: "minute", approximate: false },
    message,
    ...(update ? { corrects: keyOf(update) } : {}),
  };
}
