import type { Note } from "../imported.ts";
import { type Moment, readMoment } from "../moment.ts";
import { readTruth } from "../words.ts";
import type { Fields } from "./front-matter.ts";
import { type Field, isBlank, textOf, textsOf } from "./value.ts";

/** Keys of the pages of Hugo that say nothing about an incident. */
const SILENT = new Set(["section", "type", "layout", "lastmod", "weight", "url", "slug", "aliases", "text"]);

/** A front matter that is asked for what it says; what is odd is remarked when it is asked for, the rest at the end. */
export class Front {
  readonly #fields: Fields;
  readonly #note: Note;
  readonly #asked = new Set<string>();
  readonly #silent: ReadonlySet<string>;

  /** @param silent keys that say nothing about an incident */
  constructor(fields: Fields, note: Note, silent = SILENT) {
    this.#fields = fields;
    this.#silent = silent;
    this.#note = note;
  }

  /** The text under the first of some keys that says something; empty when none does. */
  text(...keys: string[]): string {
    return textOf(this.#find(keys)?.value);
  }

  /** All texts under it, however deeply lists are nested. */
  texts(...keys: string[]): string[] {
    return textsOf(this.#find(keys)?.value);
  }

  line(...keys: string[]): number | undefined {
    return this.#find(keys)?.line;
  }

  moment(keys: readonly string[], zone: string): Moment | undefined {
    const field = this.#find(keys);
    const written = textOf(field?.value);
    if (!field || written === "") return undefined;
    const { moment, fault } = readMoment(written, zone);
    if (fault !== undefined) this.#note(`${field.key}: ${written}`, fault, field.line);
    return moment;
  }

  truth(...keys: string[]): boolean | undefined {
    const field = this.#find(keys);
    const { value, fault } = readTruth(textOf(field?.value));
    if (field && fault !== undefined) this.#note(`${field.key}: ${textOf(field.value)}`, fault, field.line);
    return value;
  }

  /** Whether somebody asked for a key, by its name in small letters. */
  isAsked(name: string): boolean {
    return this.#asked.has(name);
  }

  /** Remarks every key that nobody asked for and that says something. */
  noteTheRest(): void {
    for (const [name, { key, value, line }] of this.#fields) {
      if (this.#asked.has(name) || this.#silent.has(name) || isBlank(value) || textOf(value) === "false") continue;
      const text = textsOf(value).join(", ") || JSON.stringify(value);
      this.#note(`${key}: ${text}`, "nothing in Candor matches it; left out", line);
    }
  }

  #find(keys: readonly string[]): Field | undefined {
    for (const key of keys) this.#asked.add(key);
    const written = keys.map((key) => this.#fields.get(key)).filter((field) => field !== undefined);
    return written.find(({ value }) => !isBlank(value)) ?? written[0];
  }
}
