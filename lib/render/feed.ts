import { timeForMachines } from "#lib/calendar/words.ts";
import type { Site, Update } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type AnyEvent, historyOf } from "./history.ts";
import { updateHtml } from "./text.ts";
import { STATUS_WORDS } from "./words.ts";

/** How many entries a feed holds: as many as readers of such pages expect. */
const ENTRIES = 25;

/** One entry of a feed, whatever its form. */
export interface FeedEntry {
  readonly event: AnyEvent;
  /** Address of the page. */
  readonly url: string;
  /** Unique for ever (RFC 4151). */
  readonly tag: string;
  /** Milliseconds since the epoch. */
  readonly published: number;
  /** The time of the newest update: it changes only with the content. */
  readonly updated: number;
  /** Every update, newest first, in the form that readers of such feeds take apart. */
  readonly html: string;
}

export interface Feed {
  readonly title: string;
  readonly home: string;
  readonly entries: readonly FeedEntry[];
  /** That of the newest entry; of an empty feed the beginning of the epoch. */
  readonly updated: number;
}

/** The newest incidents and maintenances of a Site; planned ones included, as soon as they are announced. */
export function feedOf(site: Site): Feed {
  const { name, url } = site.config;
  const planned = site.maintenances.filter(({ status }) => status === "scheduled");
  const entries = [...planned, ...historyOf(site).events.slice(0, ENTRIES)].map((event) => entryOf(event, site));
  return {
    title: `${name} status: incident history`,
    home: url,
    entries,
    updated: Math.max(0, ...entries.map(({ updated }) => updated)),
  };
}

function entryOf(event: AnyEvent, site: Site): FeedEntry {
  const host = new URL(site.config.url).host;
  const times = event.updates.map(({ at }) => earliest(at));
  const published = Math.min(
    ...times,
    ...(event.kind === "incident" ? [earliest(event.started)] : times.length > 0 ? [] : [event.window.start.at]),
  );
  return {
    event,
    url: `${site.config.url}/incidents/${event.slug}`,
    tag: `tag:${host},2005:Incident/${event.id}`,
    published,
    updated: Math.max(published, ...times),
    html: event.updates
      .toReversed()
      .map((update) => updateParagraph(event, update, site))
      .join(""),
  };
}

/**
 * `<p><small>…UTC</small><br><strong>Resolved</strong> - text</p>`: programs read the status out of this form. A text of
 * several paragraphs, or with lists, goes on behind it.
 */
function updateParagraph(event: AnyEvent, update: Update, site: Site): string {
  const html = withWholeAddresses(updateHtml(event, update, site), site.config.url, event);
  const [, first = "", rest = ""] = /^<p>([\s\S]*?)<\/p>([\s\S]*)$/.exec(html) ?? [undefined, "", html];
  return `<p><small>${stampOf(update)}</small><br><strong>${STATUS_WORDS[update.status]}</strong> - ${first}</p>${rest}`;
}

/** “Aug 23, 09:06 UTC”; a date alone stays one. */
function stampOf({ at }: Update): string {
  const date: Intl.DateTimeFormatOptions = { month: "short", day: "numeric", timeZone: "UTC" };
  if (at.kind !== "instant") return timeForMachines(at);
  const day = new Intl.DateTimeFormat("en-US", date).format(at.at);
  return `${day}, ${new Date(at.at).toISOString().slice(11, 16)} UTC`;
}

/** In a feed there is no page to which an address could be relative. */
function withWholeAddresses(html: string, base: string, { slug }: AnyEvent): string {
  return html
    .replace(/(<(?:a|img)\b[^>]*?\s(?:href|src)=")\/(?!\/)/g, `$1${base}/`)
    .replace(/(<a\b[^>]*?\shref=")#/g, `$1${base}/incidents/${slug}#`);
}
