import { isDeepStrictEqual } from "node:util";
import { addDays, dateAt, startOfDay } from "#lib/calendar/zone.ts";
import { worst } from "#lib/model/course.ts";
import { assumedImpact, effectOfImpact } from "#lib/model/impact.ts";
import type { Content, Event, Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { compileGroups } from "./components.ts";
import { type CompiledEntry, compileEntry, edgesOf, isStillTrue } from "./entries.ts";
import { freeze } from "./freeze.ts";
import { compilePasts, type Pasts } from "./past.ts";

/**
 * Computes the Site that `content` is at `now` (milliseconds since the epoch). The same input gives the same bytes,
 * whatever the clock, the zone and the locale of the machine. Drafts are left out.
 */
export function compile(content: Content, now: number): Site {
  const steps = compileInSteps(content, now);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.site;
  }
}

/** A Site with what the next one can be made from. */
export interface Compilation {
  /** What was compiled; entries that are equal to those of the earlier compilation are the very same. */
  readonly content: Content;
  readonly site: Site;
  /** By slug. */
  readonly entries: ReadonlyMap<string, CompiledEntry>;
  readonly pasts: Pasts;
}

/** Entries that are compiled in one step, and entries that are compared in one: some milliseconds' work. */
const COMPILED_A_STEP = 200;
const COMPARED_A_STEP = 2_000;

/**
 * The same in short steps, so that a server can answer between them: ten thousand entries take most of a second. Given
 * an `earlier` compilation, of whatever content and time, only what differs from it is compiled; the Site is the same.
 */
export function* compileInSteps(content: Content, now: number, earlier?: Compilation): Generator<void, Compilation> {
  const { config, images } = content;
  const former = isDeepStrictEqual(earlier?.content.config, config) ? earlier : undefined;
  const compiled: CompiledEntry[] = [];
  let work = 0;
  for (const entry of content.entries) {
    if (entry.draft) continue;
    const known = former?.entries.get(entry.slug);
    const isKept = known !== undefined && isStillTrue(known, entry, now);
    compiled.push(isKept ? known : compileEntry(entry, config, now));
    work += 1 / (isKept ? COMPARED_A_STEP : COMPILED_A_STEP);
    if (work < 1) continue;
    work = 0;
    yield;
  }
  yield;
  const events = compiled.map(({ event }) => event);
  const incidents = events.filter((event) => event.kind === "incident");
  const maintenances = events.filter((event) => event.kind === "maintenance");
  const stretches = compiled.flatMap((each) => each.stretches);
  const pasts = yield* compilePasts(config, stretches, now, former?.pasts);
  yield;
  const groups = compileGroups(config, events, pasts);
  const effects = groups.flatMap(({ components }) => components.map(({ effect }) => effect));
  const open = incidents.filter(({ isOver }) => !isOver).map((incident) => effectOfImpact(assumedImpact(incident)));
  yield;
  const site = freeze({
    config,
    now,
    validUntil: nextChange(config.timezone, compiled, now),
    state: worst([...effects, ...open]),
    groups,
    incidents: incidents.sort(newestFirst),
    maintenances: maintenances.sort(newestFirst),
    images,
  });
  return {
    content: { config, images, entries: compiled.map(({ entry }) => entry) },
    site,
    entries: new Map(compiled.map((each) => [each.entry.slug, each])),
    pasts,
  };
}

function newestFirst(a: Event, b: Event): number {
  return earliest(b.started) - earliest(a.started) || (a.slug < b.slug ? -1 : 1);
}

const MINUTE_MS = 60_000;

/** The next moment at which time alone changes the Site: midnight, a window's edge, a promise running out, a time told in advance. */
function nextChange(zone: string, compiled: readonly CompiledEntry[], now: number): number {
  const midnight = startOfDay(addDays(dateAt(now, zone), 1), zone);
  const unsettled = compiled.filter(({ settledAt }) => settledAt > now);
  // What still lasts grows: its length, and what it costs of today's uptime.
  let next = unsettled.some(({ event }) => isRunning(event)) ? Math.min(midnight, now + MINUTE_MS) : midnight;
  for (const { entry, event } of unsettled) {
    for (const edge of edgesOf(entry, event)) if (edge > now && edge < next) next = edge;
  }
  return next;
}

function isRunning({ isOver, ...event }: Incident | Maintenance): boolean {
  return !isOver && (event.kind === "incident" || event.status !== "scheduled");
}
