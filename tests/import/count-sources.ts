import type { ForeignFile } from "#lib/content/import/imported.ts";
import type { Entry } from "#lib/model/incident.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";
import { momentOf, readPage, timesOf } from "./source-page.ts";

/** What one incident of the source holds, read with plain patterns: on purpose by other means than the importers use. */
export interface Counted {
  readonly file: string;
  /** Updates that the source writes as such; undefined where the format has no such thing. */
  readonly updates?: number;
  readonly times: readonly string[];
  /** Whether an entry is this incident. */
  readonly isIn: (entry: Entry) => boolean;
}

export type Kind = "cstate" | "statuspage" | "atom" | "statusfy" | "postmortems";

export function countSource(kind: Kind, files: readonly ForeignFile[]): Counted[] {
  const texts = files.map(({ path, bytes }) => ({ path, text: new TextDecoder().decode(bytes) }));
  switch (kind) {
    case "cstate":
      return files.filter(({ path }) => /^content\/(?:\w+\/)?issues\/(?!_index).+\.md$/.test(path)).map(countPage);
    case "statuspage":
      return texts.filter(({ path }) => path.endsWith(".json")).flatMap(({ path, text }) => countAnswer(path, text));
    case "atom":
      return texts.filter(({ path }) => path.endsWith(".atom")).flatMap(({ path, text }) => countFeed(path, text));
    case "statusfy":
      return texts
        .filter(({ path }) => /^content\/[^/]+\.md$/.test(path))
        .map(({ path, text }) => countStatusfy(path, text));
    default:
      return texts
        .filter(({ path, text }) => /\.md(?:\.erb)?$/.test(path) || /^# /.test(text))
        .filter(({ path }) => !/README|template|(?:^|\/)index\.|incident-process/.test(path))
        .map(({ path, text }) => countPostmortem(path, text));
  }
}

/** How many of its times stand in the entry, to the millisecond. */
export function carriedTimes({ times }: Counted, entry: Entry, zone: string): string[] {
  const { started, detected, ended, scheduled, updates, report } = entry;
  const whens = [
    started,
    detected,
    ended,
    scheduled?.start,
    scheduled?.end,
    report?.published,
    ...updates.map(({ at }) => at),
  ];
  const all = new Set(
    whens.filter((when): when is When => when !== undefined).flatMap((when) => [earliest(when), latest(when)]),
  );
  return times.filter((time) => all.has(momentOf(time, zone) ?? Number.NaN));
}

function countPage(file: ForeignFile): Counted {
  const { times } = readPage(file);
  return { file: file.path, times, isIn: (entry) => timesOf(file.path, new Map([[entry.file, entry]])).length > 0 };
}

interface Answer {
  readonly id: string;
  readonly started_at: string;
  readonly resolved_at: string | null;
  readonly incident_updates: readonly { readonly display_at: string }[];
}

function countAnswer(path: string, text: string): Counted[] {
  const answer = JSON.parse(text) as { incident?: Answer; incidents?: Answer[] };
  return [...(answer.incident ? [answer.incident] : []), ...(answer.incidents ?? [])].map((incident) => ({
    file: path,
    updates: incident.incident_updates.length,
    times: [
      incident.started_at,
      ...(incident.resolved_at === null ? [] : [incident.resolved_at]),
      ...incident.incident_updates.map(({ display_at }) => display_at),
    ],
    isIn: (entry) => entry.redirects.includes(`/incidents/${incident.id}`),
  }));
}

function countFeed(path: string, text: string): Counted[] {
  return text
    .split("<entry>")
    .slice(1)
    .map((entry) => ({
      file: path,
      updates: entry.split("&lt;small&gt;").length - 1,
      times: [],
      isIn: ({ redirects }) => redirects.some((each) => entry.includes(`${each}"`)),
    }));
}

function countStatusfy(path: string, text: string): Counted {
  const date = /^date: '(.*)'$/m.exec(text)?.[1] ?? "";
  const updates = [...text.matchAll(/^::: update .*\| (\S+)$/gm)].map(([, at = ""]) => at);
  const title = /^title: (.*)$/m.exec(text)?.[1] ?? "";
  const modified = /^modified: '(.*)'$/m.exec(text)?.[1];
  return {
    file: path,
    updates: updates.length,
    times: [date, ...updates, ...(modified === undefined ? [] : [modified])],
    isIn: (entry) => entry.title === title && entry.redirects.length > 0,
  };
}

/** Of a postmortem, the times that its front matter or its labelled lines give. */
function countPostmortem(path: string, text: string): Counted {
  const front = [...text.matchAll(/^(?:start_time|end_time|source_published_at): "?(\d[^"\n]*)"?$/gm)];
  const labelled = [
    ...text.matchAll(/^ *- (?:Fault occurs|First detected|Fault detected|Resolved):? (\d{4}-\d\d-\d\d \d\d:\d\d)$/gm),
  ];
  const first = /^\|\s*(\d{4}-\d\d-\d\d \d\d:\d\d)\s*\|/m.exec(text)?.[1];
  const letters = /times in (CET)|Time in (CET)/.test(text) ? "+01:00" : /times in UTC/.test(text) ? "Z" : "";
  const table = first === undefined || labelled.length > 0 ? [] : [first.replace(" ", "T") + letters];
  const name = encodeURI(
    path
      .replace(/\.html\.md\.erb$/, ".html")
      .replace(/\.md$/, "")
      .replace(/^source\//, ""),
  );
  return {
    file: path,
    times: [...[...front, ...labelled].map(([, time = ""]) => time), ...table],
    isIn: (entry) => entry.redirects.includes(`/${name}`),
  };
}
