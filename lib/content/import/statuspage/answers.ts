import { fromPlain, isBlank, isMapping, type Mapping, mappingsOf, textOf, type Value } from "../front/value.ts";
import type { ForeignFile, Note } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";
import { readFeed } from "./feed.ts";

/** An incident or a maintenance as one file gives it. */
export interface IncidentAnswer {
  readonly value: Mapping;
  readonly page: Mapping;
  readonly file: string;
  readonly note: Note;
  /** From a feed, which knows less than the API. */
  readonly isFeed: boolean;
}

/** A list of components as one file gives it. */
export interface ComponentsAnswer {
  readonly components: readonly Mapping[];
  readonly page: Mapping;
  readonly file: string;
  readonly note: Note;
}

/** All that the files hold. */
export interface Answers {
  readonly incidents: readonly IncidentAnswer[];
  readonly components: readonly ComponentsAnswer[];
  readonly pages: readonly Mapping[];
  /** Files in which something was found. */
  readonly carried: ReadonlySet<ForeignFile>;
}

const LISTS = ["incidents", "scheduled_maintenances", "maintenances"];
const READ = new Set([...LISTS, "page", "incident", "scheduled_maintenance", "components", "status", "meta"]);

/** Finds what the files hold, by what is in them rather than by their names. */
export function readAnswers(files: readonly ForeignFile[], remarks: Remarks): Answers {
  const found = files.map((file) => readFile(file, remarks));
  return {
    incidents: found.flatMap(({ incidents }) => incidents),
    components: found.flatMap(({ components }) => components),
    pages: found.flatMap(({ page }) => (isBlank(page) ? [] : [page])),
    carried: new Set(files.filter((_, index) => found[index]?.isKnown)),
  };
}

interface Found {
  readonly incidents: readonly IncidentAnswer[];
  readonly components: readonly ComponentsAnswer[];
  readonly page: Mapping;
  readonly isKnown: boolean;
}

const NOTHING: Found = { incidents: [], components: [], page: {}, isKnown: false };

function readFile(file: ForeignFile, remarks: Remarks): Found {
  if (!/\.(?:json|ndjson|jsonl|atom|rss|xml|txt)$/i.test(file.path) && /\.\w+$/.test(file.path)) return NOTHING;
  const note = remarks.on(file.path);
  const text = readText(file, note);
  if (/^\s*<\?xml|^\s*<(?:feed|rss)\b/.test(text)) {
    const feed = readFeed(text, note);
    const incidents = feed.incidents.map((value) => ({ value, page: feed.page, file: file.path, note, isFeed: true }));
    return { ...NOTHING, incidents, page: feed.page, isKnown: incidents.length > 0 };
  }
  if (!/^\s*[[{]/.test(text)) return NOTHING;
  const values = parseJson(text, note);
  const all = values.map((value) => readValue(value, file, note));
  return {
    incidents: all.flatMap(({ incidents }) => incidents),
    components: all.flatMap(({ components }) => components),
    page: all.find(({ page }) => !isBlank(page))?.page ?? {},
    isKnown: all.some(({ isKnown }) => isKnown),
  };
}

/** One JSON value, or one a line. */
function parseJson(text: string, note: Note): Value[] {
  try {
    return [fromPlain(JSON.parse(text))];
  } catch (fault) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    try {
      if (lines.length > 1) return lines.map((line) => fromPlain(JSON.parse(line)));
    } catch {
      // It is no JSON at all; the first fault says why.
    }
    const why = fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : "unknown";
    note("JSON", `it cannot be read (${why}); none of it was carried`);
    return [];
  }
}

function readValue(value: Value, file: ForeignFile, note: Note): Found {
  if (Array.isArray(value)) return readList(value, file, note);
  if (!isMapping(value)) return NOTHING;
  if (isIncident(value)) return { ...NOTHING, incidents: [incidentOf(value, {}, file, note)], isKnown: true };
  const page = isMapping(value["page"]) ? value["page"] : {};
  const single = [value["incident"], value["scheduled_maintenance"]].filter((each) => isMapping(each));
  const listed = LISTS.flatMap((key) => mappingsOf(value[key]));
  const components = mappingsOf(value["components"]);
  const isKnown = single.length + listed.length + components.length > 0 || LISTS.some((key) => key in value);
  const unknown = Object.keys(value).filter((key) => !READ.has(key) && !isBlank(value[key]));
  if (isKnown && unknown.length > 0) note(unknown.join(", "), "nothing in Candor matches it; left out");
  if (!isKnown && isMapping(value["status"]))
    note("a state of the moment", "states follow from incidents in Candor; nothing to carry");
  return {
    incidents: [...single, ...listed].map((each) => incidentOf(each, page, file, note)),
    components: components.length > 0 ? [{ components, page, file: file.path, note }] : [],
    page,
    isKnown: isKnown || isMapping(value["status"]),
  };
}

/** A list of incidents, of answers with one each, or of components. */
function readList(values: readonly Value[], file: ForeignFile, note: Note): Found {
  const items = values.filter((item: Value): item is Mapping => isMapping(item));
  if (items.length < values.length) note("items that are no objects", "there is nothing in them to carry");
  const components = items.filter((item) => !isIncident(item) && "group_id" in item);
  const others = items.filter((item) => !components.includes(item)).map((item) => readValue(item, file, note));
  const listed = components.length > 0 ? [{ components, page: {}, file: file.path, note }] : [];
  return {
    incidents: others.flatMap(({ incidents }) => incidents),
    components: [...listed, ...others.flatMap((other) => other.components)],
    page: others.find(({ page }) => !isBlank(page))?.page ?? {},
    isKnown: listed.length > 0 || others.some(({ isKnown }) => isKnown),
  };
}

function isIncident(value: Mapping): boolean {
  return Array.isArray(value["incident_updates"]) || (textOf(value["name"]) !== "" && "impact" in value);
}

function incidentOf(value: Mapping, page: Mapping, file: ForeignFile, note: Note): IncidentAnswer {
  return { value, page, file: file.path, note, isFeed: false };
}
