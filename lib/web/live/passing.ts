import { isDeepStrictEqual } from "node:util";
import { dateAt } from "#lib/calendar/zone.ts";
import type { LiveNews } from "#lib/model/live.ts";
import { newsOf } from "#lib/publishing/live-news.ts";
import type { Compilation } from "#lib/site/compile/compile.ts";

/**
 * What time alone has changed between two looks at what is published: a maintenance has begun, a day is over. What a
 * publication changed is not in it; that was noted by whoever published.
 */
export function passingNews(before: Compilation, after: Compilation, snapshot: number): readonly LiveNews[] {
  const { config } = after.site;
  const cause = `time in snapshot ${snapshot}`;
  const news: LiveNews[] = [];
  for (const [slug, { entry, event }] of after.entries) {
    const known = before.entries.get(slug);
    // What is settled is the very same.
    if (!known || known.event === event) continue;
    if (known.entry !== entry && !isDeepStrictEqual(known.entry, entry)) continue;
    const one = newsOf(known.event, event, { config, cause });
    if (one) news.push(one);
  }
  const day = dateAt(after.site.now, config.timezone);
  const isNewDay = day !== dateAt(before.site.now, config.timezone);
  return isNewDay ? [...news, { kind: "site", key: `day ${day}`, components: [], data: {} }] : news;
}
