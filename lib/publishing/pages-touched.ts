import type { Site } from "#lib/model/site.ts";
import { latest } from "#lib/model/time.ts";
import { type AnyEvent, dateOf, historyOf } from "#lib/site/views/history.ts";
import { PAGES } from "#lib/site/views/pages.ts";
import type { ContentChanges } from "./changes/content-changes.ts";
import type { Sites } from "./compile-between.ts";

/** As long as this after its end an event shows on the first page, in milliseconds. */
const SHOWN_MS = 91 * 86_400_000;

/** The paths of the pages that a change shows on, feeds and all; "all" when the site's own settings have changed. */
export function pagesTouched(changes: ContentChanges, { before, after }: Sites): readonly string[] | "all" {
  if (changes.isSettingsChange || !before) return "all";
  const seen = changes.changed.filter(
    ({ parts, updates }) =>
      parts.some((part) => part !== "file") || Object.values(updates).some(({ length }) => length > 0),
  );
  const gone = [...changes.removed, ...seen.map((change) => change.before)];
  const come = [...changes.added, ...seen.map((change) => change.after)];
  const paths = new Set([
    ...pagesOf(
      gone.map(({ slug }) => slug),
      before,
    ),
    ...pagesOf(
      come.map(({ slug }) => slug),
      after,
    ),
  ]);
  return [...paths].sort();
}

function pagesOf(slugs: readonly string[], site: Site): string[] {
  const { bySlug } = historyOf(site);
  return slugs.flatMap((slug) => {
    const event = bySlug.get(slug);
    return event ? pagesOfEvent(event, site) : [];
  });
}

function pagesOfEvent(event: AnyEvent, site: Site): string[] {
  const isFresh = !event.isOver || latest(event.ended ?? event.started) > site.now - SHOWN_MS;
  return [
    `/incidents/${event.slug}`,
    ...event.effects.map(({ component }) => `/components/${component}`),
    ...(isFresh ? ["/"] : []),
    ...PAGES.filter(({ shows }) => shows?.(event)).map(({ path }) => path),
    `/history/${dateOf(event, site).slice(0, 7).replace("-", "/")}`,
    ...["/history.atom", "/history.rss", "/feed.json"],
  ];
}
