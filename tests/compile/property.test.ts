import fc from "fast-check";
import { expect, test } from "vitest";
import { overSince } from "#lib/model/course.ts";
import { EFFECTS } from "#lib/model/incident.ts";
import type { Availability, Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { files, incident, NOW } from "./any-files.ts";
import { CONFIG, componentOf, siteOf } from "./site-of.ts";

const ZONES = ["UTC", "Europe/Copenhagen", "America/St_Johns", "Australia/Lord_Howe"];

function observed(days: readonly (Availability | null)[]): Availability[] {
  return days.filter((day) => day !== null);
}

function sum(periods: readonly Availability[], key: "observedMs" | "lostMs"): number {
  return periods.reduce((total, period) => total + period[key], 0);
}

/** What is wrong with a period, if anything is. */
function faultsOf({ period, observedMs, lostMs, worst, events }: Availability): string[] {
  const isPossible = lostMs >= 0 && lostMs <= observedMs + 0.001;
  const isExplained = lostMs === 0 || worst === "partial_outage" || worst === "major_outage";
  const isCaused = worst === "operational" || events.length > 0;
  const isCountedOnce = new Set(events).size === events.length;
  return isPossible && isExplained && isCaused && isCountedOnce
    ? []
    : [`${period}: ${lostMs} of ${observedMs}, ${worst}`];
}

/** What must hold of every component. */
function demandFigures(site: Site, id: string): void {
  const { days, months, years, uptime, effect } = componentOf(site, id);
  const known = observed(days);
  expect([...known, ...months, ...years].flatMap(faultsOf)).toEqual([]);
  expect(uptime).toBeGreaterThanOrEqual(0);
  expect(uptime).toBeLessThanOrEqual(1);
  expect(uptime).toBeCloseTo(1 - sum(known, "lostMs") / sum(known, "observedMs"), 12);
  expect(sum(months, "observedMs")).toBe(sum(years, "observedMs"));
  expect(sum(months, "lostMs")).toBeCloseTo(sum(years, "lostMs"), 3);
  expect(sum(known, "lostMs")).toBeLessThanOrEqual(sum(months, "lostMs") + 0.001);
  expect(EFFECTS.indexOf(site.state)).toBeGreaterThanOrEqual(EFFECTS.indexOf(effect));
}

/** What must hold of every incident and every maintenance. */
function demandStory(event: Incident | Maintenance): void {
  expect(event.lasted.ms).toBeGreaterThanOrEqual(0);
  expect(event.isOver).toBe(overSince(event) !== undefined);
  expect(new Set(event.updates.map(({ id }) => id)).size).toBe(event.updates.length);
  const times = event.updates.map(({ at }) => earliest(at));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  const lasting = event.effects.filter(({ current }) => current !== "operational");
  expect(event.isOver ? lasting : []).toEqual([]);
  expect(event.effects.filter(({ worst, current }) => EFFECTS.indexOf(worst) < EFFECTS.indexOf(current))).toEqual([]);
  expect(event.updates.flatMap(({ changes }) => changes).filter(({ from, to }) => from === to)).toEqual([]);
}

/** What must hold of any Site. */
function demand(site: Site): void {
  for (const { id } of CONFIG.components) demandFigures(site, id);
  for (const event of [...site.incidents, ...site.maintenances]) demandStory(event);
}

test("whatever happened, the figures agree with one another", () => {
  fc.assert(
    fc.property(files, fc.constantFrom(...ZONES), (fronts, timezone) => {
      const site = siteOf(fronts, NOW, { timezone });
      demand(site);
      expect(site.validUntil).toBeGreaterThan(site.now);
    }),
    { numRuns: 300 },
  );
});

test("whatever happened, the order of the files makes no difference to any figure", () => {
  fc.assert(
    fc.property(files, (fronts) => {
      const backwards = Object.fromEntries(Object.entries(fronts).reverse());
      const [one, other] = [siteOf(fronts, NOW), siteOf(backwards, NOW)];
      expect(other.incidents).toEqual(one.incidents);
      expect(other.maintenances).toEqual(one.maintenances);
      for (const { id } of CONFIG.components) {
        const [a, b] = [componentOf(one, id), componentOf(other, id)];
        expect(b.days.map((day) => day?.worst)).toEqual(a.days.map((day) => day?.worst));
        expect(b.uptime).toBeCloseTo(a.uptime ?? 0, 12);
      }
    }),
    { numRuns: 100 },
  );
});

test("one more incident never makes anything look better", () => {
  fc.assert(
    fc.property(files, incident, (fronts, more) => {
      const [before, after] = [siteOf(fronts, NOW), siteOf({ ...fronts, more }, NOW)];
      for (const { id } of CONFIG.components) {
        const [a, b] = [componentOf(before, id), componentOf(after, id)];
        const better = a.days.filter((day, index) => {
          const other = b.days[index];
          if (!day) return false;
          return (
            !other || other.lostMs < day.lostMs - 0.001 || EFFECTS.indexOf(other.worst) < EFFECTS.indexOf(day.worst)
          );
        });
        expect(better).toEqual([]);
      }
    }),
    { numRuns: 100 },
  );
});
