import type { Problem } from "#lib/model/problem.ts";
import type { PublishedEntry } from "#lib/model/site.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { type Redline, redline } from "#lib/site/views/redline.ts";
import { headline } from "#lib/site/views/words.ts";
import type { NoticePreview } from "./announcer.ts";
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
  /** What subscribers would be told of it. */
  readonly notices: readonly NoticePreview[];
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
  return { problems, ...(changes ? told(changes) : { events: [] }) };
}

function told(changes: Preview): Omit<PublishingPreview, "problems"> {
  const { before, after } = changes.sites;
  const { added, changed } = changes.changes;
  return {
    changes,
    headlines: { after: headline(after), ...(before ? { before: headline(before) } : {}) },
    events: [
      ...added.map((entry) => eventOf(entry, changes.notices)),
      ...changed.map(({ after: entry, parts }) => ({
        ...eventOf(entry, changes.notices),
        ...(parts.includes("report") ? redlineOf(entry) : {}),
      })),
    ],
  };
}

function eventOf({ slug, title }: PublishedEntry, notices: readonly NoticePreview[]): PreviewedEvent {
  return { slug, title, notices: notices.filter(({ notice }) => notice.event.slug === slug) };
}

function redlineOf({ preliminary, body }: PublishedEntry): Pick<PreviewedEvent, "redline"> {
  return preliminary ? { redline: redline(preliminary.body, body) } : {};
}
