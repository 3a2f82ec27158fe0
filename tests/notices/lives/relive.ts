import { importCstate } from "#lib/content/import/cstate.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest, latest } from "#lib/model/time.ts";
import { announce } from "#lib/publishing/notices/announce.ts";
import type { KnownEvent } from "#lib/publishing/notices/known.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { file } from "#tests/import/sites.ts";
import { SETTINGS } from "../world.ts";
import type { Lives, Version } from "./lives.ts";

/** A version of a file, and what subscribers heard when it was published and until the next one was. */
export interface Lived {
  readonly version: Version;
  readonly told: readonly Notice[];
  /** What time alone brought before the next version. */
  readonly toldLater: readonly Notice[];
}

/**
 * Publishes a site version by version at the times at which its engineers committed them, with the clock's ticks
 * between, and collects what is told.
 */
export function relive({ config, versions }: Lives): readonly Lived[] {
  const site = new LivedSite(siteConfig(config));
  const lived: { version: Version; told: Notice[]; toldLater: Notice[] }[] = [];
  const newest = new Map<string, (typeof lived)[number]>();
  const tick = (until: number) => {
    for (const notice of site.tick(until)) {
      // The file that it comes from is the one whose version was the last before.
      newest.get(notice.event.slug)?.toldLater.push(notice);
    }
  };
  for (const version of versions) {
    tick(version.at);
    const entries = entriesOf(config, version, site.config);
    const one = { version, told: [] as Notice[], toldLater: [] as Notice[] };
    lived.push(one);
    for (const { slug } of entries) newest.set(slug, one);
    one.told.push(...site.publish(entries, version.at));
  }
  tick(Number.MAX_SAFE_INTEGER);
  return lived;
}

/** A site that is looked at again and again. What is over and was not changed is compiled only once. */
class LivedSite {
  readonly config: SiteConfig;
  readonly #entries = new Map<string, Entry>();
  readonly #events = new Map<string, Incident | Maintenance>();
  #known: readonly KnownEvent[] = [];
  #now = 0;

  constructor(config: SiteConfig) {
    // What is told does not hang on the components' past, which takes longest to compute.
    this.config = { ...config, components: [] };
  }

  publish(entries: readonly Entry[], now: number): readonly Notice[] {
    for (const entry of entries) {
      this.#entries.set(entry.slug, entry);
      this.#events.delete(entry.slug);
    }
    return this.#see(now);
  }

  /** Lets time go by until shortly before `until`, stopping wherever it may bring news. */
  tick(until: number): readonly Notice[] {
    const told: Notice[] = [];
    for (;;) {
      const next = Math.min(...[...this.#entries.values()].flatMap(edgesOf).filter((edge) => edge > this.#now));
      if (next >= until) return told;
      told.push(...this.#see(next));
    }
  }

  #see(now: number): readonly Notice[] {
    this.#now = now;
    const stale = [...this.#entries.values()].filter((entry) => {
      const event = this.#events.get(entry.slug);
      return !event?.isOver || (event.ended !== undefined && latest(event.ended) > now);
    });
    const site = compile({ config: this.config, entries: stale, images: [] }, now);
    for (const event of [...site.incidents, ...site.maintenances]) this.#events.set(event.slug, event);
    const all = [...this.#events.values()].sort((a, b) => earliest(b.started) - earliest(a.started));
    const whole: Site = {
      ...site,
      incidents: all.filter((event) => event.kind === "incident"),
      maintenances: all.filter((event) => event.kind === "maintenance"),
    };
    const { notices, known } = announce(whole, this.#known, { ...SETTINGS, isQuiet: false });
    const changed = new Set(known.map(({ id }) => id));
    this.#known = [...this.#known.filter(({ id }) => !changed.has(id)), ...known];
    return notices;
  }
}

function edgesOf({ scheduled, ended, updates }: Entry): readonly number[] {
  return [
    ...(scheduled ? [scheduled.start.at - SETTINGS.remindBeforeMs, scheduled.start.at, scheduled.end.at] : []),
    ...(ended ? [earliest(ended)] : []),
    ...updates.map(({ at }) => earliest(at)),
  ];
}

function siteConfig(config: string): SiteConfig {
  const site = importCstate([file("config.yml", config)]).files.find(({ path }) => path === "site.yaml");
  const { value } = parseSite("site.yaml", new TextEncoder().encode(site?.text ?? ""));
  if (!value) throw new Error("The settings of a site could not be imported.");
  return value;
}

function entriesOf(config: string, { path, raw }: Version, { timezone }: SiteConfig): readonly Entry[] {
  const { files } = importCstate([file("config.yml", config), file(path, raw)]);
  return files
    .filter((one) => one.path.endsWith(".md"))
    .flatMap((one) => parseEntry(one.path, new TextEncoder().encode(one.text), timezone).entry ?? [])
    .filter(({ draft }) => !draft);
}
