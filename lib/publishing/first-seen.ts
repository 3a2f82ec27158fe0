import { timeForMachines } from "#lib/calendar/words.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import { hasReport } from "#lib/model/course.ts";
import type { EntryUpdate } from "#lib/model/incident.ts";
import type { Content, FirstSeen, PublishedEntry } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { type Before, formerlyIn } from "./preliminary.ts";

interface Publication {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly isQuiet: boolean;
}

/**
 * The content with the moments at which readers could first see what this publication brings: a feed dates a new item by
 * that, because readers of feeds pass over what is dated before what they have. What is told to nobody (a first
 * publication, a quiet one, and what is too old to be told) keeps its own time, so that an archive does not come as news.
 */
export function withFirstSeen(content: Content, before: Before | undefined, publication: Publication): Content {
  if (!before) return content;
  const formerly = formerlyIn(before.content);
  const within = (content.config.notices ?? NOTICE_CONFIG).announceWithinMs;
  const entries = content.entries.map((entry) => {
    const { seen: had, ...written } = entry;
    const known = formerly(entry);
    const seen = known || !had ? seenOf(entry, known, within, publication) : had;
    return seen && Object.keys(seen).length > 0 ? { ...written, seen } : written;
  });
  return { ...content, entries };
}

function seenOf(
  entry: PublishedEntry,
  known: PublishedEntry | undefined,
  within: number,
  { now, isQuiet }: Publication,
): FirstSeen {
  const isNews = (at: number) => !isQuiet && at < now && now - at <= within;
  const said = [entry.started, ...entry.updates.map(({ at }) => at)].flatMap((when) => (when ? [earliest(when)] : []));
  const isNew = !known && isNews(Math.max(...said.filter((at) => at < now)));
  const former = new Map(known?.updates.flatMap((update) => namesOf(update).map((name) => [name, update])));
  const updates = entry.updates.flatMap((update): [string, number][] => {
    const same = namesOf(update)
      .map((name) => former.get(name))
      .find((each) => each !== undefined);
    const at = earliest(update.at);
    const seen = same
      ? known?.seen?.updates?.[keyOf(same)]
      : (known || isNew) && (isNew || isNews(at))
        ? now
        : undefined;
    return seen !== undefined && seen > at ? [[keyOf(update), seen]] : [];
  });
  const event = known ? known.seen?.event : isNew ? now : undefined;
  const first = firstOf(known?.seen?.report, hasReport(entry), known ? hasReport(known) : !isNew);
  const final = firstOf(known?.seen?.finalReport, isFinal(entry), known ? isFinal(known) : !isNew);
  return {
    ...(event === undefined ? {} : { event }),
    ...(updates.length > 0 ? { updates: Object.fromEntries(updates) } : {}),
    ...(first === undefined ? {} : { report: first }),
    ...(final === undefined ? {} : { finalReport: final }),
  };

  function firstOf(had: number | undefined, is: boolean, was: boolean): number | undefined {
    if (!is) return undefined;
    return was ? had : isQuiet ? undefined : now;
  }
}

function isFinal(entry: PublishedEntry): boolean {
  return hasReport(entry) && (entry.report?.status ?? "final") === "final";
}

/** The name under which something of an update is kept with what is published. */
export function keyOf({ id, at }: EntryUpdate): string {
  return id ?? timeForMachines(at);
}

/** Everything by which an update is known again: its id, its time, its words. */
function namesOf({ id, at, body }: EntryUpdate): string[] {
  return [...(id === undefined ? [] : [`id ${id}`]), `at ${timeForMachines(at)}`, `says ${body}`];
}
