import type { z } from "zod";
import { after } from "#lib/model/course.ts";
import type { Effect, Entry, EntryUpdate } from "#lib/model/incident.ts";
import type { Place, Problem } from "#lib/model/problem.ts";
import { entrySchema } from "./entry-schema.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { fit } from "./shape.ts";
import { readSource } from "./source.ts";
import { readYaml } from "./yaml-text.ts";

/** One incident file as read, with the way back from what it says to where it says it. */
export interface ParsedEntry {
  readonly file: string;
  /** Absent when an error made the file unusable. */
  readonly entry?: Entry;
  /** Of a file with errors what could be read: enough to look through its texts, and good for nothing else. */
  readonly partial?: Entry;
  readonly problems: readonly Problem[];
  /** The whole file as it is written; empty when it could not be read. */
  readonly source: string;
  /** Where a character of the source stands. */
  placeAt(offset: number): Place;
  /** Where the front matter's value at `path` stands. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** Where the key `key` of the mapping at `path` stands. */
  placeOfKey(path: readonly PropertyKey[], key: string): Place;
  /** Where each character of a text stands: of the report (`body`), of the title or of an update's body. */
  placesInText(of: "body" | "title" | number): (offset: number) => Place;
}

/** Reads the bytes of an incident file; times without an offset are read in `zone`. Never throws. */
export function parseEntry(file: string, bytes: Uint8Array, zone: string): ParsedEntry {
  const source = readSource(file, bytes);
  if (source.problems.length > 0) return unusable(file, source.problems);

  const fence = splitFrontMatter(source.text, (range) => readYaml(file, source.text, range));
  if ("rule" in fence) {
    const { rule, line, message, remedy } = fence;
    return unusable(file, [{ rule, severity: "error", place: { file, line, column: 1 }, message, remedy }]);
  }

  const yaml = fence.data;
  const { placeAt, placeOf, placeOfKey } = yaml;
  const body = source.text.slice(fence.bodyAt);
  const placesInText: ParsedEntry["placesInText"] = (of) =>
    of === "body"
      ? (offset) => yaml.placeAt(fence.bodyAt + offset)
      : yaml.placesIn(of === "title" ? ["title"] : ["updates", of, "body"]);
  const ways = { source: source.text, placeAt, placeOf, placeOfKey, placesInText };
  const partial = partialEntry(file, yaml.value, body);
  if (yaml.value === undefined) return { file, partial, problems: yaml.problems, ...ways };
  const { value: front, problems } = fit(schemaFor(zone), yaml);
  if (front === undefined) return { file, partial, problems, ...ways };

  const { components, updates, actions, tags, draft, redirects, next_update, expected_end, ...rest } = front;
  // A key of the schema that an entry has no place for does not compile.
  const entry: Entry = {
    ...(rest satisfies Pick<Entry, keyof typeof rest>),
    slug: slugOf(file),
    file,
    components: Array.isArray(components) ? listed(components) : (components ?? {}),
    updates: (updates ?? []).map(updateOf),
    ...(next_update ? { nextUpdate: next_update } : {}),
    ...(expected_end ? { expectedEnd: expected_end } : {}),
    actions: (actions ?? []).map(({ was_due, ...action }) => (was_due ? { ...action, wasDue: was_due } : action)),
    tags: tags ?? [],
    draft: draft ?? false,
    redirects: redirects ?? [],
    body: body.trim() === "" ? "" : body,
  };
  return { file, entry, problems, ...ways };
}

/** The texts of a file and the components it names, whatever else is wrong with it. */
function partialEntry(file: string, value: unknown, body: string): Entry {
  const { title, components, updates } = (isMapping(value) ? value : {}) as Readonly<Record<string, unknown>>;
  const texts = (Array.isArray(updates) ? updates : []).map((update: unknown) =>
    isMapping(update) ? update["body"] : "",
  );
  const named = Array.isArray(components) ? components : isMapping(components) ? Object.keys(components) : [];
  return {
    slug: slugOf(file),
    file,
    title: typeof title === "string" ? title : "",
    components: listed(named.filter((id) => typeof id === "string" && /^[a-z0-9][a-z0-9-]*$/.test(id))),
    updates: texts.map((text) => ({
      at: UNKNOWN,
      status: "update",
      body: typeof text === "string" ? text : "",
      components: {},
    })),
    actions: [],
    tags: [],
    draft: false,
    redirects: [],
    body,
  };
}

const UNKNOWN = { kind: "instant", at: 0, offset: 0, precision: "minute", approximate: true } as const;

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An update, with what it promises as a moment. */
function updateOf({ next_update, ...update }: WrittenUpdate): EntryUpdate {
  const promised = next_update?.kind === "period" ? after(update.at, next_update.ms) : next_update;
  return {
    ...update,
    components: update.components ?? {},
    ...(promised ? { nextUpdate: promised } : {}),
  };
}

type WrittenUpdate = NonNullable<z.output<ReturnType<typeof entrySchema>>["updates"]>[number];

/** The permanent address a file name stands for. */
export function slugOf(file: string): string {
  return file.replace(/^.*\//, "").replace(/\.md$/, "");
}

/** Whether a name can be a permanent address, and with it the name of a file that is nowhere but in its folder. */
export function isSlug(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(name);
}

const schemas = new Map<string, ReturnType<typeof entrySchema>>();

/** One schema a zone: making one costs more than using it. */
function schemaFor(zone: string): ReturnType<typeof entrySchema> {
  const known = schemas.get(zone);
  if (known) return known;
  const made = entrySchema(zone);
  schemas.set(zone, made);
  return made;
}

function listed(ids: readonly string[]): Record<string, Effect | null> {
  return Object.fromEntries(ids.map((id) => [id, null]));
}

/** A file that cannot even be read, and why. */
export function unreadable(file: string, reason: string): ParsedEntry {
  const message = `The file cannot be read: ${reason}.`;
  const remedy = "Give it to the account that runs Candor, or move it away.";
  const place = { file, line: 1, column: 1 };
  return unusable(file, [{ rule: "unreadable-file", severity: "error", place, message, remedy }]);
}

function unusable(file: string, problems: readonly Problem[]): ParsedEntry {
  const top = { file, line: 1, column: 1 };
  const [placeOf, placesInText] = [() => top, () => () => top];
  return { file, problems, source: "", placeAt: placeOf, placeOf, placeOfKey: placeOf, placesInText };
}
