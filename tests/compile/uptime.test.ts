import { expect, test } from "vitest";
import { readDay } from "#lib/content/parse/when.ts";
import type { Availability, Site } from "#lib/model/site.ts";
import { CONFIG, componentOf, dayOf, HOUR, incidentOf, MINUTE, siteOf, updates } from "./site-of.ts";

const NOW = "2026-03-10T12:00Z";
const DAY = 24 * HOUR;

/** A finished outage of the API. */
function outage(from: string, to: string, effect = "major_outage"): string {
  return `components: { api: ${effect} }\nstarted: ${from}\nended: ${to}`;
}

function lostOn(site: Site, on: string): number | undefined {
  return dayOf(site, "api", on)?.lostMs;
}

function since(on: string, zone = "UTC") {
  const read = readDay(on, zone);
  if (!("value" in read)) throw new Error(read.fault.message);
  return [{ id: "api", name: "API", since: read.value }];
}

test("overlapping incidents count once, each moment with its worst effect", () => {
  const site = siteOf(
    {
      a: outage("2026-03-05T10:00Z", "2026-03-05T12:00Z", "partial_outage"),
      b: outage("2026-03-05T11:00Z", "2026-03-05T13:00Z"),
      c: outage("2026-03-05T11:30Z", "2026-03-05T14:00Z", "partial_outage"),
      d: outage("2026-03-05T09:00Z", "2026-03-05T18:00Z", "degraded_performance"),
      e: outage("2026-03-05T11:00Z", "2026-03-05T13:00Z"),
    },
    NOW,
  );
  expect(lostOn(site, "2026-03-05")).toBe(0.3 * HOUR + 2 * HOUR + 0.3 * HOUR);
  expect(dayOf(site, "api", "2026-03-05")).toMatchObject({ worst: "major_outage" });
  expect(dayOf(site, "api", "2026-03-05")?.events.toSorted()).toEqual(["a", "b", "c", "d", "e"]);
});

test("an outage over midnight is shared out between its dates", () => {
  const site = siteOf({ it: outage("2026-03-05T23:00Z", "2026-03-07T02:00Z") }, NOW);
  expect([5, 6, 7, 8].map((day) => lostOn(site, `2026-03-0${day}`))).toEqual([HOUR, DAY, 2 * HOUR, 0]);
});

test("an outage that ends at midnight does not touch the next date", () => {
  const site = siteOf({ it: outage("2026-03-05T23:00Z", "2026-03-06T00:00Z") }, NOW);
  expect(dayOf(site, "api", "2026-03-06")).toMatchObject({ worst: "operational", lostMs: 0, events: [] });
});

test("where only dates are known no downtime is invented, but the dates are marked", () => {
  const site = siteOf({ it: outage("2026-03-05", "2026-03-05") }, NOW);
  expect(dayOf(site, "api", "2026-03-05")).toMatchObject({ worst: "major_outage", lostMs: 0, events: ["it"] });
  expect(componentOf(site, "api").uptime).toBe(1);
});

test("between two dates only the days between them were certainly lost", () => {
  const site = siteOf({ it: outage("2026-03-04", "2026-03-07") }, NOW);
  expect([4, 5, 6, 7].map((day) => lostOn(site, `2026-03-0${day}`))).toEqual([0, DAY, DAY, 0]);
  expect([4, 5, 6, 7].map((day) => dayOf(site, "api", `2026-03-0${day}`)?.worst)).toEqual(
    new Array(4).fill("major_outage"),
  );
});

test("of a span of times only what lies between its inner ends was certainly lost", () => {
  const site = siteOf(
    { it: outage("2026-03-05T10:00Z/2026-03-05T11:00Z", "2026-03-05T12:00Z/2026-03-05T13:00Z") },
    NOW,
  );
  expect(lostOn(site, "2026-03-05")).toBe(HOUR);
});

test("what began on a date and still lasts counts from the end of that date", () => {
  const site = siteOf({ it: "components: { api: major_outage }\nstarted: 2026-03-08" }, NOW);
  expect([8, 9, 10].map((day) => lostOn(site, `2026-03-0${day}`.replace("010", "10")))).toEqual([0, DAY, 12 * HOUR]);
  expect(site.incidents[0]).toMatchObject({ isOver: false, lasted: { ms: 2 * DAY + 12 * HOUR, approximate: true } });
});

test("lengths between dates are counted in dates, and rough times stay rough", () => {
  const lasted = (front: string) => incidentOf(front, NOW).lasted;
  expect(lasted("started: 2026-03-02/2026-03-03\nended: 2026-03-03")).toEqual({
    ms: 2 * DAY - 1,
    approximate: true,
    days: 2,
  });
  expect(lasted("started: 2026-03-02\nended: 2026-03-02")).toEqual({ ms: DAY - 1, approximate: true, days: 1 });
  expect(lasted("started: 2026-03-02T10:00Z\nended: 2026-03-03")).toEqual({
    ms: DAY + 14 * HOUR - 1,
    approximate: true,
    days: 2,
  });
  expect(lasted("started: ~2026-03-02T10:00Z\nended: 2026-03-02T11:00Z")).toEqual({ ms: HOUR, approximate: true });
  expect(lasted("started: 2026-03-02T10:00Z\nended: ~2026-03-02T11:00Z")).toEqual({ ms: HOUR, approximate: true });
  expect(lasted("started: 2026-03-02T10:00Z\nended: 2026-03-02T11:00Z")).toEqual({ ms: HOUR, approximate: false });
});

test("a length in dates counts those of the place where the times were written", () => {
  const front = "started: 2026-03-02T23:30-05:00\nended: 2026-03-03";
  expect(incidentOf(front, NOW).lasted.days).toBe(2);
});

test.each([
  ["2026-03-30T12:00Z", "2026-03-29", 23],
  ["2025-10-27T12:00Z", "2025-10-26", 25],
  ["2025-10-27T12:00Z", "2025-10-25", 24],
])("seen from %s, %s has its %i hours where the clocks change", (now, on, hours) => {
  const from = `${on}T00:00`;
  const config = { timezone: "Europe/Copenhagen" };
  const next = new Date(Date.parse(`${on}T12:00Z`) + DAY).toISOString().slice(0, 10);
  const site = siteOf({ it: outage(from, `${next}T00:00`) }, now, config);
  expect(dayOf(site, "api", on)).toMatchObject({ observedMs: hours * HOUR, lostMs: hours * HOUR });
  expect(dayOf(site, "api", next)).toMatchObject({ lostMs: 0 });
});

test("dates are those of the site's zone", () => {
  const front = outage("2026-03-05T16:00Z", "2026-03-05T19:00Z");
  const site = siteOf({ it: front }, NOW, { timezone: "Asia/Kolkata" });
  expect(lostOn(site, "2026-03-05")).toBe(2.5 * HOUR);
  expect(lostOn(site, "2026-03-06")).toBe(0.5 * HOUR);
});

test("today is observed as far as it has come, and ninety dates are shown", () => {
  const { days } = componentOf(siteOf({}, NOW), "api");
  expect(days).toHaveLength(90);
  expect(days[0]?.period).toBe("2025-12-11");
  expect(days[89]).toMatchObject({ period: "2026-03-10", observedMs: 12 * HOUR, lostMs: 0 });
});

test("a component is observed since the date it says, and nothing before counts", () => {
  const components = since("2026-03-05");
  const files = { before: outage("2026-03-04T00:00Z", "2026-03-05T01:00Z") };
  const api = componentOf(siteOf(files, NOW, { components }), "api");
  expect(api.days.filter((day) => day !== null).map((day) => day.period)).toEqual(
    [5, 6, 7, 8, 9, 10].map((day) => `2026-03-${String(day).padStart(2, "0")}`),
  );
  expect(api.uptime).toBe(1 - HOUR / (5 * DAY + 12 * HOUR));
  expect(api.months).toEqual([
    {
      period: "2026-03",
      worst: "major_outage",
      observedMs: 5 * DAY + 12 * HOUR,
      affectedMs: HOUR,
      lostMs: HOUR,
      events: ["before"],
    },
  ]);
});

test("a component that is still to come has no days and no uptime", () => {
  const api = componentOf(siteOf({}, NOW, { components: since("2026-04-01") }), "api");
  expect(api.days.every((day) => day === null)).toBe(true);
  expect(api).not.toHaveProperty("uptime");
  expect([api.months, api.years]).toEqual([[], []]);
});

test("without such a date it is observed since the first thing that is known to have befallen it", () => {
  const api = componentOf(siteOf({ it: outage("2024-12-30T10:00Z", "2024-12-30T11:00Z") }, NOW), "api");
  expect(api.months.map(({ period }) => period).at(-1)).toBe("2024-12");
  expect(api.months.at(-1)).toMatchObject({ observedMs: 2 * DAY, lostMs: HOUR });
  expect(api.years.map(({ period }) => period)).toEqual(["2026", "2025", "2024"]);
});

/** The sum of some periods' observed and lost time. */
function sums(periods: readonly (Availability | null)[]): [observed: number, lost: number] {
  return [
    periods.reduce((sum, each) => sum + (each?.observedMs ?? 0), 0),
    periods.reduce((sum, each) => sum + (each?.lostMs ?? 0), 0),
  ];
}

test.each(["UTC", "Europe/Copenhagen", "America/Sao_Paulo", "Australia/Lord_Howe"])(
  "in %s months and years are the sums of their days",
  (timezone) => {
    const components = since("2025-12-20", timezone);
    const files = {
      a: outage("2025-12-31T20:00Z", "2026-01-02T03:20Z"),
      b: outage("2026-01-31T10:00Z", "2026-02-01T11:11:11Z", "partial_outage"),
      c: outage("2026-02-20", "2026-03-02"),
    };
    const { days, months, years } = componentOf(siteOf(files, NOW, { ...CONFIG, components, timezone }), "api");
    expect(months.map(({ period }) => period)).toEqual(["2026-03", "2026-02", "2026-01", "2025-12"]);
    for (const { period, observedMs, lostMs } of [...months, ...years]) {
      const [observed, lost] = sums(days.filter((day) => day?.period.startsWith(period)));
      expect(observedMs).toBe(observed);
      expect(lostMs).toBeCloseTo(lost, 5);
    }
    expect(sums(years)[0]).toBe(sums(days)[0]);
  },
);

test("an effect that ended as it began costs nothing", () => {
  const front = `components: { api: major_outage }\n${updates("2026-03-05T10:00Z investigating", "2026-03-05T10:00Z resolved")}`;
  const site = siteOf({ it: front }, NOW);
  expect(lostOn(site, "2026-03-05")).toBe(0);
  expect(site.incidents[0]?.lasted).toEqual({ ms: 0, approximate: false });
});

test("fractions of a minute are counted to the millisecond", () => {
  const site = siteOf({ it: outage("2026-03-05T10:00:00.250Z", "2026-03-05T10:01Z") }, NOW);
  expect(lostOn(site, "2026-03-05")).toBe(MINUTE - 250);
});
