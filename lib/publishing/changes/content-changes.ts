import { isDeepStrictEqual } from "node:util";
import type { Entry } from "#lib/model/incident.ts";
import type { Content } from "#lib/model/site.ts";
import { type EntryChange, entryChange } from "./entry-change.ts";

/** What differs between two publications, entry by entry, each list in the order of the newer one's files. */
export interface ContentChanges {
  readonly added: readonly Entry[];
  readonly changed: readonly EntryChange[];
  readonly removed: readonly Entry[];
  /** Something in site.yaml, which may show on any page. */
  readonly isSettingsChange: boolean;
}

/**
 * Compares what was published with what is to be. An entry is known by its slug; one that was renamed, by a redirect
 * from its former address. Without a `before` everything is new.
 */
export function contentChanges(before: Content | undefined, after: Content): ContentChanges {
  const former = new Map(before?.entries.map((entry) => [entry.slug, entry]));
  const slugs = new Set(after.entries.map(({ slug }) => slug));
  const added: Entry[] = [];
  const changed: EntryChange[] = [];
  for (const entry of after.entries) {
    const known = former.get(entry.slug) ?? renamed(entry, former, slugs);
    if (known) former.delete(known.slug);
    const change = known && entryChange(known, entry);
    if (!known) added.push(entry);
    else if (change) changed.push(change);
  }
  const isSettingsChange = before !== undefined && !isDeepStrictEqual(before.config, after.config);
  return { added, changed, removed: [...former.values()], isSettingsChange };
}

/** What an entry was called before, if nothing else has that slug now. */
function renamed(
  { redirects }: Entry,
  former: ReadonlyMap<string, Entry>,
  taken: ReadonlySet<string>,
): Entry | undefined {
  const slugs = redirects.map((path) => /^\/incidents\/([^/]+)\/?$/.exec(path)?.[1] ?? "");
  return slugs
    .filter((slug) => !taken.has(slug))
    .map((slug) => former.get(slug))
    .find((entry) => entry !== undefined);
}
