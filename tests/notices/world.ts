import type { Notice } from "#lib/model/notice.ts";
import type { Content, Site } from "#lib/model/site.ts";
import { announce } from "#lib/publishing/notices/announce.ts";
import type { KnownEvent } from "#lib/publishing/notices/known.ts";
import type { NotTold, Unclear } from "#lib/publishing/notices/not-told.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { contentOf } from "#tests/compile/site-of.ts";

export const SETTINGS = { announceWithinMs: 24 * 3_600_000, remindBeforeMs: 24 * 3_600_000 };

/** What subscribers hear of a site as it is published time after time. */
export class World {
  known: KnownEvent[] = [];
  /** Of every notice: the store lets each of them be told once. */
  readonly keys = new Set<string>();
  /** Every notice, oldest first. */
  readonly told: Notice[] = [];
  /** What the last publication changed and did not tell. */
  notTold: readonly NotTold[] = [];
  /** What it could not tell apart for certain. */
  unclear: readonly Unclear[] = [];
  #before: Site | undefined;

  /** Publishes files (slug to front matter) at a time. @returns `kind slug` of each notice, with the number of updates told */
  publish(now: string, files: Readonly<Record<string, string>>, isQuiet = false): string[] {
    return this.see(compile(contentOf(files), Date.parse(now)), isQuiet);
  }

  publishContent(content: Content, now: number, isQuiet = false): string[] {
    return this.see(compile(content, now), isQuiet);
  }

  see(site: Site, isQuiet = false): string[] {
    const before = this.#before;
    const options = { ...SETTINGS, isQuiet, ...(before ? { before } : {}) };
    const { notices, known, notTold, unclear } = announce(site, this.known, options);
    this.notTold = notTold;
    this.unclear = unclear;
    this.#before = site;
    this.told.push(...notices);
    const changed = new Set(known.map(({ id }) => id));
    this.known = [...this.known.filter(({ id }) => !changed.has(id)), ...known];
    for (const { key } of notices) this.keys.add(key);
    return notices.map(
      ({ kind, event, updates }) => `${kind} ${event.slug}${updates.length > 0 ? ` ${updates.length}` : ""}`,
    );
  }
}

/** A world in which some files were published after a site without any. */
export function shown(now: string, files: Readonly<Record<string, string>>): World {
  const world = new World();
  world.publish(now, {});
  world.publish(now, files);
  return world;
}

/** Updates as one line each: a time, a status and the words. */
export function said(...lines: string[]): string {
  const items = lines.map((line) => {
    const [, at, status, words] = /^(\S+) (\S+) (.*)$/.exec(line) ?? [];
    return `  - { at: ${at}, status: ${status}, body: ${JSON.stringify(words)} }`;
  });
  return `components: [api]\nimpact: major\nupdates:\n${items.join("\n")}`;
}
