import { type Entry, type Folder, IMPACTS, type Impact } from "./folder.ts";
import type { Person } from "./people.ts";

/**
 * Who is to be told what, as docs/guides (delivery, subscribers, channels, writing) and the specification's sections 5 and
 * 6 have it, and as nothing of the program has it. Where they leave something open, a person is in `may` and not in `must`.
 */
export interface Expected {
  /** The entry it is about. */
  readonly entry: string;
  readonly topic: Topic;
  /** Markers of the updates that are new with it: all of them stand in each message. */
  readonly markers: readonly string[];
  /** Who has to get it, and who besides may get it: numbers of people. */
  readonly must: ReadonlySet<number>;
  readonly may: ReadonlySet<number>;
  /** When it was published, from the start of the command to its end, on the world's clock. */
  readonly from: number;
  readonly until: number;
}

export type Topic = "incidents" | "maintenance" | "reports";

interface Affected {
  readonly components: readonly string[];
  readonly impact: Impact;
}

/** What subscribers can know of an entry. */
interface Known {
  readonly markers: Set<string>;
  window: string;
  hasReport: boolean;
  /** How it was each time that it was told, and each time that it was published. */
  readonly told: Affected[];
  readonly published: Affected[];
}

const DAY = 86_400_000;

/** Ids that components had before. */
type FormerIds = Folder["formerIds"];

/** Follows what is published, and says of each publication what it tells. */
export class Rules {
  readonly #known = new Map<string, Known>();
  readonly #formerIds: FormerIds;

  constructor({ formerIds }: Folder) {
    this.#formerIds = formerIds;
  }

  /** @param people who is subscribed at this moment */
  publish(
    folder: Folder,
    people: readonly Person[],
    { from, until, isQuiet }: { readonly from: number; readonly until: number; readonly isQuiet: boolean },
  ): readonly Expected[] {
    const all: Expected[] = [];
    for (const entry of folder.entries.values()) {
      const expected = this.#tell(entry, people, from, isQuiet);
      for (const { topic, markers, must, may } of expected) {
        all.push({ entry: entry.entry, topic, markers, must, may, from, until });
      }
    }
    return all;
  }

  /** Who may be told by the clock that a maintenance begins, is near or ends; of these, who has to be. */
  byTheClock(entry: Entry, people: readonly Person[]): Pick<Expected, "must" | "may"> {
    return this.#audience(entry, this.#known.get(entry.entry), people, "maintenance");
  }

  #tell(entry: Entry, people: readonly Person[], now: number, isQuiet: boolean) {
    const before = this.#known.get(entry.entry);
    const known = before ?? { markers: new Set(), window: "", hasReport: false, told: [], published: [] };
    this.#known.set(entry.entry, known);
    const fresh = entry.updates.filter(({ marker }) => !known.markers.has(marker));
    const window = JSON.stringify(entry.window ?? null);
    const isMoved = before !== undefined && window !== known.window;
    const isReport = entry.report !== undefined && !known.hasReport;
    // What happened more than a day ago is taken note of and not told.
    const isRecent = fresh.some(({ at }) => now - at < DAY);
    for (const { marker } of fresh) known.markers.add(marker);
    known.window = window;
    known.hasReport ||= isReport;
    const affected = { components: entry.components, impact: entry.impact };
    known.published.push(affected);
    if (isQuiet) return [];
    const topic: Topic = entry.kind === "incident" ? "incidents" : "maintenance";
    const told: Omit<Expected, "entry" | "from" | "until">[] = [];
    if (isRecent || isMoved) {
      const markers = fresh.map(({ marker }) => marker);
      told.push({ topic, markers, ...this.#audience(entry, known, people, topic) });
      known.told.push(affected);
    }
    if (isReport) told.push({ topic: "reports", markers: [], ...this.#audience(entry, known, people, "reports") });
    return told;
  }

  #audience(entry: Entry, known: Known | undefined, people: readonly Person[], topic: Topic) {
    const now = { components: entry.components, impact: entry.impact };
    const told = [now, ...(known?.told ?? [])];
    const published = [now, ...(known?.published ?? [])];
    const must = new Set<number>();
    const may = new Set<number>();
    for (const person of people.filter((each) => wants(each, topic))) {
      if (this.#concerns(person, told, entry) === "yes") must.add(person.number);
      if (this.#concerns(person, published, entry) !== "no") may.add(person.number);
    }
    return { must, may };
  }

  /**
   * docs/guides/subscribers.md, “What is told”: what affects or has affected one of somebody's components, or names none; and
   * incidents that are or have been so bad. No document says what becomes of who chose a component by an id that it has no
   * longer, nor of what named no component before.
   */
  #concerns(person: Person, states: readonly Affected[], entry: Entry): "yes" | "no" | "open" {
    const [now] = states;
    const isBad = states.some(({ impact }) => IMPACTS.indexOf(impact) >= IMPACTS.indexOf(person.least));
    if (entry.kind === "incident" && !isBad) return "no";
    if (person.components.length === 0 || now?.components.length === 0) return "yes";
    if (states.some(({ components }) => components.some((id) => person.components.includes(id)))) return "yes";
    const isRenamed = [...this.#formerIds.values()].flat().some((id) => person.components.includes(id));
    return isRenamed || states.some(({ components }) => components.length === 0) ? "open" : "no";
  }
}

const wants = ({ topics }: Person, topic: Topic) => topics.length === 0 || topics.includes(topic);
