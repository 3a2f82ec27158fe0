import { compile } from "#lib/compile/compile.ts";
import type { EntryUpdate } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { PublishedEntry, Site } from "#lib/model/site.ts";
import { historyOf } from "#lib/render/history.ts";
import { type Redline, redline } from "#lib/render/redline.ts";
import { headline } from "#lib/render/words.ts";
import type { Notice } from "#lib/serve/preview/notes.ts";
import type { Environment } from "./environment.ts";
import { noticePreviews } from "./notice-previews.ts";
import { type Preview, publish } from "./publish.ts";

/** What publishing would do, for whoever asks before doing it. */
export interface PublishingPreview {
  readonly problems: readonly Problem[];
  /** Absent when there are errors in the way, or nothing would change. */
  readonly changes?: Preview;
  /** The state of the whole in words, as readers see it now and as they would. */
  readonly headlines?: { readonly before?: string; readonly after: string };
  /** What is new in each event that would come or change. */
  readonly events: readonly PreviewedEvent[];
}

export interface PreviewedEvent {
  readonly slug: string;
  readonly title: string;
  /** What subscribers would read of its new updates, newest first. */
  readonly notices: readonly Notice[];
  /** What changed since the preliminary report, where this is the final one. */
  readonly redline?: Redline;
}

/** Goes through everything that publishing does, and stops before it. `now` is in milliseconds since the epoch. */
export async function previewPublishing(environment: Environment, now: number): Promise<PublishingPreview> {
  let changes: Preview | undefined;
  const approve = (preview: Preview) => {
    changes = preview;
    return Promise.resolve(false);
  };
  const { problems } = await publish(environment, { now, approve });
  return { problems, ...(changes ? told(changes, now) : { events: [] }) };
}

function told(changes: Preview, now: number): Omit<PublishingPreview, "problems"> {
  const { before, after } = changes.contents;
  const site = compile(after, now);
  const { added, changed } = changes.changes;
  return {
    changes,
    headlines: { after: headline(site), ...(before ? { before: headline(compile(before, now)) } : {}) },
    events: [
      ...added.map((entry) => eventOf(entry, entry.updates, site)),
      ...changed.map(({ after: entry, parts, updates }) => ({
        ...eventOf(entry, updates.added, site),
        ...(parts.includes("report") ? redlineOf(entry) : {}),
      })),
    ],
  };
}

function eventOf(entry: PublishedEntry, updates: readonly EntryUpdate[], site: Site): PreviewedEvent {
  const { slug, title } = entry;
  const event = historyOf(site).bySlug.get(slug);
  // Compiling sorts updates by time, but keeps the time itself of each.
  const times = new Set(updates.map(({ at }) => at));
  const ids = new Set(event?.updates.filter(({ at }) => times.has(at)).map(({ id }) => id));
  const notices = event ? noticePreviews(site, event).filter(({ update }) => ids.has(update)) : [];
  return { slug, title, notices };
}

function redlineOf({ preliminary, body }: PublishedEntry): Pick<PreviewedEvent, "redline"> {
  return preliminary ? { redline: redline(preliminary.body, body) } : {};
}
