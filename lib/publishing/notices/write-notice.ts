import { createHash } from "node:crypto";
import { idElsewhere, pageId } from "#lib/content/ids/api-ids.ts";
import { wholeState } from "#lib/model/course.ts";
import type { Notice, NoticeComponent, NoticeKind } from "#lib/model/notice.ts";
import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import type { Audience, Topic } from "#lib/model/subscription.ts";
import type { Instant } from "#lib/model/time.ts";
import type { KnownEvent } from "./known.ts";
import type { News } from "./observation.ts";

/** Everything a notice is written from. */
export interface Told {
  readonly site: Site;
  readonly event: Incident | Maintenance;
  /** What is known of the event with this notice told. */
  readonly known: KnownEvent;
  readonly news: News;
  readonly updates: readonly Update[];
  /** How many of these are not new. */
  readonly toldBefore?: number;
  /** Where the window was before, of a maintenance that was moved. */
  readonly formerWindow?: { readonly start: number; readonly end: number };
  /** The first words of its report, as plain text. */
  readonly summary?: string;
}

/** Writes the notice of an event's news: everything a channel needs, and nothing of a channel. */
export function writeNotice({ site, event, known, news, updates, toldBefore, formerWindow, summary }: Told): Notice {
  const key = `${known.id}/${news.key}`;
  return {
    id: noticeId(key),
    key,
    kind: news.kind,
    audience: audienceOf(news, known),
    ...subjectOf(site, event, known.id),
    updates: updates.map(({ id, at, status, body }) => ({ id, at, status, body })),
    madeAt: site.now,
    ...(toldBefore ? { toldBefore } : {}),
    ...(formerWindow && event.kind === "maintenance" ? { formerWindow: asInstants(formerWindow, event) } : {}),
    ...(summary ? { summary } : {}),
  };
}

/**
 * What a notice is about, as it stands on a Site.
 * @param id under which the event is known
 */
export function subjectOf(
  site: Site,
  event: Incident | Maintenance,
  id: string,
): Pick<Notice, "site" | "event" | "components"> {
  const { name, url, locale, timezone, support, formerIds } = site.config;
  const [first] = event.updates;
  const monitoring = event.updates.find(({ status }) => status === "monitoring");
  return {
    site: {
      name,
      url,
      locale,
      timezone,
      support,
      state: wholeState(site),
      ...(formerIds?.page || formerIds?.host ? { formerId: pageId(site.config) } : {}),
    },
    event: {
      id,
      slug: event.slug,
      title: event.title,
      kind: event.kind,
      status: event.status,
      url: `${url}/incidents/${event.slug}`,
      started: event.started,
      ...(event.ended ? { ended: event.ended } : {}),
      ...(event.nextUpdate ? { nextUpdate: event.nextUpdate } : {}),
      ...(event.expectedEnd ? { expectedEnd: event.expectedEnd } : {}),
      created: first?.at ?? (event.kind === "maintenance" ? event.window.start : event.started),
      ...(monitoring ? { monitoring: monitoring.at } : {}),
      ...(event.kind === "maintenance"
        ? { window: event.window, ...(event.cancelled ? { cancelled: event.cancelled } : {}) }
        : event.isImpactStated
          ? { impact: event.impact }
          : {}),
    },
    components: affected(site, event),
  };
}

/** A notice's id: 24 characters of `[a-z0-9]`, 120 bits of its key's SHA-256. */
export function noticeId(key: string): string {
  const bits = BigInt(`0x${createHash("sha256").update(key).digest("hex").slice(0, 30)}`);
  return bits.toString(36).padStart(24, "0").slice(0, 24);
}

/** Whoever may have heard of the event before hears the rest, even if it was made smaller since. */
export function audienceOf(
  news: Pick<News, "kind" | "key" | "isBetween">,
  { kind, components, impact }: Pick<KnownEvent, "kind" | "components" | "impact">,
): Audience {
  const own = kind === "maintenance" ? "maintenance" : "incidents";
  const topic: Topic = news.kind.startsWith("report_") ? "reports" : own;
  return {
    topic,
    components,
    ...(impact ? { impact } : {}),
    ...(news.isBetween ? { isBetween: true } : {}),
    // Work that nobody announced is first heard of when it begins.
    ...(PROGRESS.includes(news.kind) && news.key !== "begun" ? { isProgress: true } : {}),
  };
}

const PROGRESS: readonly NoticeKind[] = [
  "maintenance_reminder",
  "maintenance_begun",
  "maintenance_updated",
  "maintenance_ended",
];

function affected(site: Site, event: Incident | Maintenance): NoticeComponent[] {
  const all = site.groups.flatMap((group) => group.components.map((component) => ({ component, group: group.name })));
  return event.effects.flatMap(({ component: id, current }) => {
    const found = all.find(({ component }) => component.id === id);
    if (!found) return [];
    const { component, group } = found;
    const formerId = idElsewhere(site.config, id);
    return [
      {
        id,
        name: component.name,
        effect: current,
        ...(group ? { group } : {}),
        ...(formerId === undefined ? {} : { formerId }),
      },
    ];
  });
}

/** Instants of a window that is known in milliseconds alone, written with the offsets of the window that took its place. */
function asInstants(
  { start, end }: { readonly start: number; readonly end: number },
  { window }: Maintenance,
): { readonly start: Instant; readonly end: Instant } {
  return { start: { ...window.start, at: start }, end: { ...window.end, at: end } };
}
