import { parseEntry } from "#lib/content/parse/entry.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Site } from "#lib/model/site.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { readChanges, readFolder, type WrittenFolder } from "../preview/folder.ts";
import type { AnyEvent } from "./views.ts";

/** The content folder as it stands on the disk, drafts included. */
export interface Seen {
  readonly site: Site;
  readonly drafts: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Looks into the content folder, and reads only what has changed since it last did. */
export class ContentView {
  readonly #folder: string;
  #read: WrittenFolder | undefined;
  #seen: (Seen & { readonly of: WrittenFolder }) | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws when there is no site.yaml that could be read */
  async look(now: number): Promise<Seen> {
    const known = { now };
    const read = this.#read
      ? await readChanges(this.#folder, known, this.#read)
      : await readFolder(this.#folder, known);
    this.#read = read;
    const isFresh = this.#seen?.of === read && now >= this.#seen.site.now && now < this.#seen.site.now + 60_000;
    if (isFresh && this.#seen) return this.#seen;
    const drafts = new Set(read.entries.filter(({ draft }) => draft).map(({ slug }) => slug));
    this.#seen = { of: read, site: siteOf(read.config, read.entries, now), drafts, problems: read.problems };
    return this.#seen;
  }
}

/** The Site that entries would be, drafts and all. */
function siteOf(config: SiteConfig, entries: readonly Entry[], now: number): Site {
  return compile({ config, entries: entries.map((entry) => ({ ...entry, draft: false })), images: [] }, now);
}

/** What one file's text would be on the site; undefined when it cannot be read. */
export function eventOf(
  file: string,
  text: string,
  config: SiteConfig,
  now: number,
): { site: Site; event: AnyEvent } | undefined {
  const { entry } = parseEntry(file, Buffer.from(text), config.timezone);
  if (!entry) return undefined;
  const site = siteOf(config, [entry], now);
  const event = site.incidents[0] ?? site.maintenances[0];
  return event && { site, event };
}
