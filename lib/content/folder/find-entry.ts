import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SiteConfig } from "#lib/model/config.ts";
import { isOver } from "#lib/model/course.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import { parseEntry, slugOf } from "../parse/entry.ts";
import { nearest } from "../parse/suggestion.ts";
import { withoutSecrets } from "../secrets/mask.ts";

export interface FoundEntry {
  readonly file: string;
  /** All of it, with the byte order mark if it has one: written as UTF-8, these are the bytes of the file. */
  readonly text: string;
  readonly entry: Entry;
}

export interface NotFound {
  /** Why none was taken. */
  readonly reason: "none" | "several" | "broken";
  /** The slugs that came near, or those that match; of a broken file nothing. */
  readonly slugs: readonly string[];
  /** The slug that was probably meant, where nothing matches and one is near. */
  readonly meant?: string;
  /** The content folder in which it was looked for. */
  readonly folder: string;
  readonly problems: readonly Problem[];
}

/** The entry a person means by a slug, or by a part of one that only one file has. `paths` are all there are, sorted. */
export async function findEntry(
  folder: string,
  paths: readonly string[],
  slug: string,
  config: SiteConfig,
): Promise<FoundEntry | NotFound> {
  const files = paths.filter((path) => path.endsWith(".md"));
  const exact = files.filter((path) => slugOf(path) === slug);
  const matching = exact.length > 0 ? exact : files.filter((path) => slugOf(path).includes(slug));
  const [file] = matching;
  if (matching.length !== 1 || file === undefined) {
    const slugs = (matching.length > 0 ? matching : files.slice(-5)).map(slugOf);
    const meant = matching.length === 0 ? nearestSlug(slug, files.map(slugOf)) : undefined;
    const reason = matching.length === 0 ? "none" : "several";
    return { reason, slugs, folder, problems: [], ...(meant === undefined ? {} : { meant }) };
  }
  const found = await read(folder, file, config);
  if ("entry" in found) return found;
  return { reason: "broken", slugs: [], folder, problems: found.problems.map((problem) => withoutSecrets(problem)) };
}

/** Dates before names are not what anybody misspells. */
function nearestSlug(slug: string, slugs: readonly string[]): string | undefined {
  const bare = (name: string) => name.replace(/^\d{4}-\d{2}-\d{2}-/, "");
  const named = new Map(slugs.map((each) => [bare(each), each]));
  const near = nearest(bare(slug), [...named.keys()]);
  return near === undefined ? undefined : named.get(near);
}

/** As many are offered to choose from. */
const OFFERED = 20;

/** The newest entries by their names, those that are not over before the others; broken files are passed over. */
export async function newestEntries(
  folder: string,
  paths: readonly string[],
  config: SiteConfig,
  now: number,
): Promise<readonly FoundEntry[]> {
  const files = paths.filter((path) => path.endsWith(".md")).sort((a, b) => (slugOf(a) < slugOf(b) ? 1 : -1));
  const all = await Promise.all(files.slice(0, OFFERED).map((file) => read(folder, file, config)));
  const found = all.filter((each) => "entry" in each);
  const { open = [], over = [] } = Object.groupBy(found, ({ entry }) => (isOver(entry, now) ? "over" : "open"));
  return [...open, ...over];
}

async function read(
  folder: string,
  file: string,
  { timezone }: SiteConfig,
): Promise<FoundEntry | { readonly problems: readonly Problem[] }> {
  const bytes = await readFile(join(folder, file));
  const { entry, problems } = parseEntry(file, bytes, timezone);
  if (!entry) return { problems };
  return { file, entry, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
}
