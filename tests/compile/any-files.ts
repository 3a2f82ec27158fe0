import fc from "fast-check";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";

const FIRST = Date.parse("2025-12-01T00:00Z");
/** The moment before which everything in these files happened. */
export const NOW = "2026-03-30T12:00Z";

/** A time between December and now, as an author may write it. */
const moment = fc.integer({ min: FIRST, max: Date.parse(NOW) }).map((at) => new Date(at).toISOString());
const point = fc.oneof(
  { weight: 5, arbitrary: moment },
  moment.map((text) => text.slice(0, 10)),
);
const effects = fc.dictionary(fc.constantFrom("api", "web", "mail"), fc.constantFrom(...EFFECTS), { maxKeys: 3 });

function inOrder(times: readonly string[]): string[] {
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b));
}

/** The front matter of any incident. */
export const incident = fc
  .record({
    times: fc.array(point, { minLength: 1, maxLength: 6 }),
    statuses: fc.array(fc.constantFrom(...INCIDENT_STATUSES, "update"), { minLength: 6, maxLength: 6 }),
    components: effects,
    later: fc.array(effects, { minLength: 6, maxLength: 6 }),
    impact: fc.option(fc.constantFrom(...IMPACTS), { nil: undefined }),
    bounds: fc.option(fc.tuple(point, point).map(inOrder), { nil: undefined }),
    span: fc.option(fc.tuple(moment, moment).map(inOrder), { nil: undefined }),
    isNewestFirst: fc.boolean(),
  })
  .map(({ times, statuses, components, later, impact, bounds, span, isNewestFirst }) => {
    const ordered = isNewestFirst ? inOrder(times).reverse() : inOrder(times);
    const list = ordered.map(
      (at, index) =>
        `  - { at: "${at}", status: ${statuses[index]}, body: Words., components: ${JSON.stringify(later[index])} }`,
    );
    const keys = [
      `components: ${JSON.stringify(components)}`,
      ...(impact ? [`impact: ${impact}`] : []),
      ...(span ? [`started: "${span.join("/")}"`] : bounds ? [`started: "${bounds[0]}"`, `ended: "${bounds[1]}"`] : []),
    ];
    return `${keys.join("\n")}\nupdates:\n${list.join("\n")}`;
  });

/** The front matter of any maintenance. */
export const maintenance = fc
  .record({
    window: fc.tuple(moment, moment).map(inOrder),
    components: effects,
    updates: fc.array(fc.tuple(moment, fc.constantFrom(...MAINTENANCE_STATUSES, "update")), { maxLength: 4 }),
  })
  .map(({ window, components, updates }) => {
    const list = updates
      .toSorted(([a], [b]) => Date.parse(a) - Date.parse(b))
      .map(([at, status]) => `  - { at: "${at}", status: ${status}, body: Words. }`);
    const keys = [
      `components: ${JSON.stringify(components)}`,
      `scheduled: { start: "${window[0]}", end: "${window[1]}" }`,
    ];
    return [...keys, ...(list.length > 0 ? ["updates:", ...list] : [])].join("\n");
  });

/** Some of both, by slug. */
export const files = fc
  .array(fc.oneof({ weight: 3, arbitrary: incident }, maintenance), { maxLength: 8 })
  .map((fronts) => Object.fromEntries(fronts.map((front, index) => [`file-${index}`, front])));
