import { localToInstant } from "#lib/calendar/wall-clock.ts";
import type { ForeignFile } from "#lib/content/import/imported.ts";
import type { Entry } from "#lib/model/incident.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";

/** A foreign page as the tests read it: on purpose by other means than the importer does. */
export interface SourcePage {
  readonly path: string;
  readonly title: string | undefined;
  readonly times: readonly string[];
  readonly words: readonly string[];
}

const FRONT = /^-{3}\s*\n([\s\S]*?)\n-{3}[ \t]*(?:\n|$)/;
/** Another incident in the same file. */
const SECOND_FRONT = /\n-{3}\ntitle: [\s\S]*?\n-{3}\n/;
const TRACK = /\{\{<\s*track\s+"?([^">]*?)"?\s*>\}\}/g;

export function readPage({ path, bytes }: ForeignFile): SourcePage {
  const text = decoded(bytes).replace(/\r\n/g, "\n").replaceAll("\ufeff", "");
  const front = FRONT.exec(text);
  const body = front
    ? text.slice(front[0].length)
    : text.replace(/^(?:\+{3}\n[\s\S]*?\n\+{3}\n|(?:\w+: .*\n)+|---\n---\n)/, "");
  return {
    path,
    title: titleIn(front?.[1] ?? ""),
    times: [...timesIn(front?.[1] ?? ""), ...[...withoutComments(body).matchAll(TRACK)].map(([, time = ""]) => time)],
    words: wordsIn(withoutMarkup(body.replace(SECOND_FRONT, "\n"))),
  };
}

/** The entry that a page became, by the former address that is made of its name. */
export function entryOf(path: string, entries: ReadonlyMap<string, Entry>): Entry | undefined {
  const name = path
    .replace(/\/index\.md$/, ".md")
    .replace(/^.*\//, "")
    .replace(/\.md$/, "")
    .replace(/\.da$/, "");
  const plain = name.toLowerCase().replace(/\s+/g, "-").replace(/[:«»]/g, "");
  const isDanish = /dansk|\.da\./.test(path);
  return [...entries.values()].find(
    ({ redirects, slug }) =>
      (redirects.map(decodeURI).includes(`${isDanish ? "/da" : ""}/issues/${plain}/`) || slug === plain) &&
      slug.endsWith("-da") === isDanish,
  );
}

/** The words of the entry that a page became, and of a second one from the same file. */
export function wordsOf(path: string, entries: ReadonlyMap<string, Entry>): string[] {
  const first = entryOf(path, entries);
  const all = [...entries.values()].filter(({ slug }) => slug === first?.slug || slug === `${first?.slug}-2`);
  const texts = all.flatMap(({ updates, body }) => [
    ...updates.flatMap((update) => [update.status, update.body]),
    body,
  ]);
  return texts.flatMap(wordsIn);
}

export function timesOf(path: string, entries: ReadonlyMap<string, Entry>): number[] {
  const entry = entryOf(path, entries);
  if (!entry) return [];
  const { started, ended, scheduled, updates } = entry;
  const all: (When | undefined)[] = [started, ended, scheduled?.start, scheduled?.end, ...updates.map(({ at }) => at)];
  return all.flatMap((when) => (when ? [earliest(when), latest(when)] : []));
}

/** What a time of an ordinary shape means, in milliseconds since the epoch; undefined for any other. */
export function momentOf(time: string, zone: string): number | undefined {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d?\d):(\d\d)(?::(\d\d(?:\.\d{3})?))?(Z|[+-]\d\d:\d\d)?)?$/.exec(time);
  if (!found) return undefined;
  const [, on = "", hours, minutes = "00", seconds = "00", offset] = found;
  const local = `${on}T${(hours ?? "0").padStart(2, "0")}:${minutes}:${seconds}`;
  const isReal = !Number.isNaN(Date.parse(`${local}Z`)) && new Date(`${local}Z`).toISOString().startsWith(on);
  if (!isReal) return undefined;
  if (offset !== undefined) return Date.parse(`${local}${offset.replace("-00:00", "Z")}`);
  const at = localToInstant(local, zone);
  return typeof at === "number" ? at : undefined;
}

export function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function titleIn(front: string): string | undefined {
  const written = /^title:[ \t]*(.*?)[ \t]*$/im.exec(front)?.[1];
  return written?.replace(/^(["'])(.*)\1$/, "$2").trim();
}

function timesIn(front: string): string[] {
  return [...front.matchAll(/^(?:date|resolvedWhen):[ \t]*([\d:T.+Z -]+?)[ \t]*$/gim)].map(([, time = ""]) => time);
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function withoutComments(body: string): string {
  return body.replace(/```[\s\S]*?```|<!--[\s\S]*?-->/g, (part) => (part.startsWith("```") ? part : ""));
}

/** Without what is no text: comments, shortcodes, scripts, relative addresses, and the tags that become Markdown or go. */
function withoutMarkup(body: string): string {
  const markup = [
    /```[\s\S]*?```/,
    /\{\{[<%][\s\S]*?[>%]\}\}/,
    /<script>.*?<\/script>/,
    /<\/?(?:br|div|iframe|b)\b[^>]*>/,
    /(?<=\])\((?!https?:)[^)]*\)/,
  ];
  const any = new RegExp(markup.map(({ source }) => source).join("|"), "g");
  return withoutComments(body).replace(any, (part) => (part.startsWith("```") ? part : " "));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
