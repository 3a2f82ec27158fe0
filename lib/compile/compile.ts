import { addDays, dateAt, startOfDay } from "#lib/calendar/zone.ts";
import { worst } from "#lib/model/course.ts";
import type { Content, Event, Incident, Maintenance, PublishedEntry, Site } from "#lib/model/site.ts";
import { earliest, type Instant } from "#lib/model/time.ts";
import { compileGroups } from "./components.ts";
import { effectOf, type Stretch } from "./effects.ts";
import { freeze } from "./freeze.ts";
import { compileIncident } from "./incident.ts";
import { compileMaintenance } from "./maintenance.ts";

/**
 * Computes the Site that `content` is at `now` (milliseconds since the epoch). The same input gives the same bytes,
 * whatever the clock, the zone and the locale of the machine. Drafts are left out.
 */
export function compile(content: Content, now: number): Site {
  const steps = compileInSteps(content, now);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Entries that are compiled in one step: some milliseconds' work. */
const ENTRIES_A_STEP = 200;

/** The same in short steps, so that a server can answer between them: ten thousand entries take most of a second. */
export function* compileInSteps(content: Content, now: number): Generator<void, Site> {
  const incidents: Incident[] = [];
  const maintenances: Maintenance[] = [];
  const stretches: (readonly Stretch[])[] = [];
  for (const [index, entry] of content.entries.entries()) {
    if (index % ENTRIES_A_STEP === 0) yield;
    if (entry.draft) continue;
    if (isMaintenance(entry)) {
      const [maintenance, own] = compileMaintenance(entry, now);
      maintenances.push(freeze(maintenance));
      stretches.push(own);
    } else {
      const [incident, own] = compileIncident(entry, content.config, now);
      incidents.push(freeze(incident));
      stretches.push(own);
    }
  }
  const events = [...incidents, ...maintenances];
  const groups = yield* compileGroups(content.config, events, stretches.flat(), now);
  const effects = groups.flatMap(({ components }) => components.map(({ effect }) => effect));
  const open = incidents.filter(({ isOver }) => !isOver).map(({ impact }) => effectOf(impact));
  return freeze({
    config: content.config,
    now,
    validUntil: nextChange(content, incidents, maintenances, now),
    state: worst([...effects, ...open]),
    groups,
    incidents: incidents.sort(newestFirst),
    maintenances: maintenances.sort(newestFirst),
    images: content.images,
  });
}

function isMaintenance(
  entry: PublishedEntry,
): entry is PublishedEntry & { scheduled: { start: Instant; end: Instant } } {
  return entry.scheduled !== undefined;
}

function newestFirst(a: Event, b: Event): number {
  return earliest(b.started) - earliest(a.started) || (a.slug < b.slug ? -1 : 1);
}

const MINUTE_MS = 60_000;

/** The next moment at which time alone changes the Site: midnight, a window's edge, a promise running out, a time told in advance. */
function nextChange(
  { config, entries }: Content,
  incidents: readonly Incident[],
  maintenances: readonly Maintenance[],
  now: number,
): number {
  const midnight = startOfDay(addDays(dateAt(now, config.timezone), 1), config.timezone);
  const edges = [
    ...maintenances.flatMap(({ window }) => [window.start.at, window.end.at]),
    ...incidents.flatMap(({ reportDue }) => (reportDue ? [reportDue.at] : [])),
    ...entries
      .flatMap(({ started, ended, updates }) => [started, ended, ...updates.map(({ at }) => at)])
      .map((when) => (when ? earliest(when) : 0)),
  ];
  // What still lasts grows: its length, and what it costs of today's uptime.
  const isRunning =
    incidents.some(({ isOver }) => !isOver) ||
    maintenances.some(({ isOver, status }) => !isOver && status !== "scheduled");
  let next = isRunning ? Math.min(midnight, now + MINUTE_MS) : midnight;
  for (const edge of edges) if (edge > now && edge < next) next = edge;
  return next;
}
