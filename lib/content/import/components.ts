import { closest, distance } from "fastest-levenshtein";
import { slugOf } from "../author/slug.ts";
import type { Note } from "./imported.ts";
import { shortened } from "./shortened.ts";
import type { NewComponent } from "./site-file.ts";
import { Slugs } from "./slug.ts";

const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 300;

/** A part of the product, as the old site lists it. */
export interface System {
  readonly name: string;
  readonly group?: string;
  readonly description?: string;
  /** What incidents call it, where that is not its name. */
  readonly id?: string;
}

/** The components of the new site: those of the configuration, and those that only incidents name. */
export class Components {
  readonly #known = new Map<string, NewComponent>();
  /** What incidents call components that have another name. */
  readonly #called = new Set<string>();
  readonly #slugs = new Slugs(LONGEST_NAME);
  readonly #hasSystems: boolean;

  constructor(systems: readonly System[], note: Note) {
    this.#hasSystems = systems.length > 0;
    for (const { name, group, description, id } of systems) {
      if (this.#known.has(keyOf(name))) note(`the system “${name}”`, "it is listed twice; the first was taken");
      else {
        const component = this.#add(name, group, description, note, id);
        if (id === undefined) continue;
        this.#known.set(keyOf(id), component);
        this.#called.add(id);
      }
    }
  }

  /** In the order of the configuration, those that only incidents name at the end. */
  get all(): NewComponent[] {
    return [...new Set(this.#known.values())];
  }

  /** The ids of the systems that one item of `affected` names. */
  idsOf(written: string, note: Note, line: number | undefined): string[] {
    const parts = written
      .split(/[,;]/)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    if (parts.length < 2 || this.#known.has(keyOf(written))) return [this.#idOf(written, note, line)];
    note(`affected “${written}”`, "one item with commas; each part was taken as a system", line);
    return parts.map((part) => this.#idOf(part, note, line));
  }

  #idOf(name: string, note: Note, line: number | undefined): string {
    const known = this.#known.get(keyOf(name));
    if (known) {
      if (known.name !== name && !this.#called.has(name)) note(`affected “${name}”`, `taken as “${known.name}”`, line);
      return known.id;
    }
    const near = closest(
      name,
      this.all.map((component) => component.name),
    );
    const hint =
      near !== undefined && distance(name, near) <= Math.max(1, name.length / 4) ? ` (the nearest is “${near}”)` : "";
    note(`affected “${name}”`, `the configuration has no such system${hint}; it became a component of its own`, line);
    return this.#add(name, this.#hasSystems ? "Other" : undefined, undefined, note).id;
  }

  #add(name: string, group: string | undefined, description: string | undefined, note: Note, id = name): NewComponent {
    const component: NewComponent = {
      id: this.#slugs.take(id, "component"),
      name: shortened(name, LONGEST_NAME, note),
      ...(group === undefined ? {} : { group: shortened(group, LONGEST_NAME, note) }),
      ...(description === undefined ? {} : { description: shortened(description, LONGEST_DESCRIPTION, note) }),
    };
    this.#known.set(keyOf(name), component);
    return component;
  }
}

/** Names that differ by capitals, blanks or punctuation alone mean the same system. */
function keyOf(name: string): string {
  return slugOf(name) || name.trim().toLowerCase();
}
