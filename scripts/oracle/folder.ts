import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const IMPACTS = ["none", "minor", "major", "critical"] as const;
export type Impact = (typeof IMPACTS)[number];

/** One change of the content folder, as a person makes it in an editor. Times are minutes from the moment it is made. */
export type Change =
  | {
      readonly change: "open";
      readonly entry: string;
      readonly title: string;
      readonly components: readonly string[];
      readonly impact: Impact;
      readonly says: Said;
    }
  | {
      readonly change: "maintain";
      readonly entry: string;
      readonly title: string;
      readonly components: readonly string[];
      readonly startsIn: number;
      readonly lasts: number;
      readonly says: Said;
    }
  | { readonly change: "update"; readonly entry: string; readonly says: Said }
  | { readonly change: "move"; readonly entry: string; readonly by: number; readonly says: Said }
  | {
      readonly change: "affect";
      readonly entry: string;
      readonly components: readonly string[];
      readonly impact: Impact;
    }
  | { readonly change: "reword"; readonly entry: string; readonly update: number; readonly text: string }
  | { readonly change: "reformat"; readonly entry: string }
  | { readonly change: "rename"; readonly entry: string; readonly slug: string; readonly redirects: boolean }
  | { readonly change: "report"; readonly entry: string; readonly text: string }
  | { readonly change: "rename-component"; readonly from: string; readonly to: string }
  | { readonly change: "import"; readonly entries: readonly Past[] };

/** An update: its status, its words, and the marker in them. */
export interface Said {
  readonly status: string;
  readonly text: string;
  readonly marker: string;
}

/** What another status page had, long over. */
interface Past {
  readonly entry: string;
  readonly title: string;
  readonly daysAgo: number;
  readonly says: Said;
}

interface Update {
  readonly at: number;
  readonly status: string;
  text: string;
  readonly marker: string;
}

/** A file of the folder. */
export interface Entry {
  readonly entry: string;
  readonly kind: "incident" | "maintenance";
  readonly title: string;
  slug: string;
  redirects: string[];
  components: readonly string[];
  impact: Impact;
  updates: Update[];
  /** In milliseconds since the epoch. */
  window?: { start: number; end: number };
  report?: string;
  /** How it is laid out: each number is another way to write the same. */
  layout: number;
}

const MINUTE = 60_000;

/** The content folder of a world: what stands in it, and how it comes onto the disk. */
export class Folder {
  readonly entries = new Map<string, Entry>();
  /** Ids that a component had before, by the one it has now. */
  readonly formerIds = new Map<string, readonly string[]>();
  #components: readonly string[];
  readonly #path: string;
  readonly #approveAbove: number | undefined;

  constructor(path: string, components: readonly string[], approveAbove: number | undefined) {
    this.#path = path;
    this.#components = components;
    this.#approveAbove = approveAbove;
  }

  /** @param now the world's clock, in milliseconds since the epoch */
  make(change: Change, now: number): void {
    if (change.change === "import") {
      for (const past of change.entries) this.#bringIn(past, now);
      return;
    }
    if (change.change === "open" || change.change === "maintain") {
      this.#add(change, now);
      return;
    }
    if (change.change === "rename-component") {
      this.#renameComponent(change.from, change.to);
      return;
    }
    const entry = this.entries.get(change.entry);
    if (!entry) throw new Error(`There is no ${change.entry}.`);
    switch (change.change) {
      case "update":
        entry.updates = [...entry.updates, { at: now, ...change.says }];
        break;
      case "move":
        if (entry.window) {
          const { start, end } = entry.window;
          entry.window = { start: start + change.by * MINUTE, end: end + change.by * MINUTE };
        }
        entry.updates = [...entry.updates, { at: now, ...change.says }];
        break;
      case "affect":
        entry.components = change.components;
        entry.impact = change.impact;
        break;
      case "reword":
        entry.updates = entry.updates.map((each, n) => (n === change.update ? { ...each, text: change.text } : each));
        break;
      case "reformat":
        entry.layout += 1;
        break;
      case "rename":
        if (change.redirects) entry.redirects = [...entry.redirects, entry.slug];
        entry.slug = change.slug;
        break;
      case "report":
        entry.report = change.text;
        break;
      default:
    }
  }

  #add(change: Change & { change: "open" | "maintain" }, now: number): void {
    const { entry, title, components, says } = change;
    const start = now + (change.change === "maintain" ? change.startsIn * MINUTE : 0);
    this.entries.set(entry, {
      entry,
      title,
      components,
      kind: change.change === "open" ? "incident" : "maintenance",
      slug: entry,
      redirects: [],
      impact: change.change === "open" ? change.impact : "none",
      updates: [{ at: now, ...says }],
      ...(change.change === "maintain" ? { window: { start, end: start + change.lasts * MINUTE } } : {}),
      layout: 0,
    });
  }

  #renameComponent(from: string, to: string): void {
    const renamed = (ids: readonly string[]) => ids.map((id) => (id === from ? to : id));
    this.#components = renamed(this.#components);
    for (const entry of this.entries.values()) entry.components = renamed(entry.components);
    this.formerIds.set(to, [from, ...(this.formerIds.get(from) ?? [])]);
  }

  #site(): string {
    const components = this.#components.map((id, n) => `  - { id: ${id}, name: Part ${id}, group: Group ${n % 2} }`);
    const approval = this.#approveAbove === undefined ? [] : [`notices: { approve_above: ${this.#approveAbove} }`];
    const head = ["name: Example Cloud", "url: https://status.example.com", "timezone: UTC", ...approval];
    return `${[...head, "components:", ...components].join("\n")}\n`;
  }

  #bringIn({ entry, title, daysAgo, says }: Past, now: number): void {
    const at = now - daysAgo * 24 * 60 * MINUTE;
    const updates = [{ at, ...says }];
    const plain = { kind: "incident", redirects: [], components: [], impact: "major", layout: 0 } as const;
    this.entries.set(entry, { ...plain, entry, title, slug: entry, updates, redirects: [] });
  }

  /** Writes everything as it stands; what is no longer there is gone. */
  write(): void {
    rmSync(this.#path, { recursive: true, force: true });
    mkdirSync(this.#path, { recursive: true });
    writeFileSync(join(this.#path, "site.yaml"), this.#site());
    for (const entry of this.entries.values()) writeFileSync(join(this.#path, `${entry.slug}.md`), textOf(entry));
  }
}

function textOf(entry: Entry): string {
  const isOther = entry.layout % 2 === 1;
  const quoted = (text: string) => (isOther ? JSON.stringify(text) : text);
  const keys = [
    `title: ${quoted(entry.title)}`,
    ...(entry.kind === "incident" ? [`impact: ${entry.impact}`] : []),
    ...(entry.components.length > 0 ? [`components: [${entry.components.join(isOther ? "," : ", ")}]`] : []),
    ...(entry.window ? [`scheduled: { start: ${time(entry.window.start)}, end: ${time(entry.window.end)} }`] : []),
    ...(entry.redirects.length > 0
      ? [`redirects: [${entry.redirects.map((slug) => `/incidents/${slug}`).join(", ")}]`]
      : []),
    ...(entry.report === undefined ? [] : ["report: { status: final }"]),
  ];
  const updates = entry.updates.map(({ at, status, text }) =>
    isOther
      ? `  - { status: ${status}, at: ${time(at)}, body: ${JSON.stringify(text)} }`
      : `  - at: ${time(at)}\n    status: ${status}\n    body: ${text}`,
  );
  const [first = "", ...rest] = keys;
  // In the other layout everything stands in another order, with a comment.
  const head = isOther ? ["# Laid out anew", ...rest.toReversed(), first] : keys;
  const list = ["updates:", ...(isOther ? updates.toReversed() : updates)];
  return `---\n${[...head, ...list].join("\n")}\n---\n${entry.report ?? ""}\n`;
}

const time = (at: number) => new Date(at).toISOString();
