import type { LiveNews } from "#lib/model/live.ts";
import type { Site } from "#lib/model/site.ts";
import { historyOf } from "#lib/site/views/history.ts";
import type { ContentChanges } from "./changes/content-changes.ts";
import { newsOf } from "./live-news.ts";

/** More than this is no news of single incidents any more: everybody is told to look anew. */
const MOST = 200;

interface Publishing {
  readonly before: Site;
  readonly after: Site;
  /** The number of what is published. */
  readonly snapshot: number;
}

/** What a publication has to tell those who are connected. */
export function publicationNews(
  { added, changed, removed, isSettingsChange }: ContentChanges,
  { before, after, snapshot }: Publishing,
): readonly LiveNews[] {
  const cause = `snapshot ${snapshot}`;
  const whole: LiveNews = { kind: "site", key: cause, components: [], data: {} };
  const pairs: readonly (readonly [former: string | undefined, slug: string | undefined])[] = [
    ...removed.map(({ slug }) => [slug, undefined] as const),
    ...changed.map((change) => [change.before.slug, change.after.slug] as const),
    ...added.map(({ slug }) => [undefined, slug] as const),
  ];
  if (pairs.length > MOST) return [whole];
  const event = (site: Site, slug = "") => historyOf(site).bySlug.get(slug);
  const news = pairs.flatMap(([former, slug]) => {
    const one = newsOf(event(before, former), event(after, slug), { config: after.config, cause });
    return one ? [one] : [];
  });
  return isSettingsChange ? [...news, whole] : news;
}
