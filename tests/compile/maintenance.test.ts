import { expect, test } from "vitest";
import type { When } from "#lib/model/time.ts";
import { siteFeed } from "#lib/site/views/feed.ts";
import { currentEvents, historyOf, plannedWork, recentDays } from "#lib/site/views/history.ts";
import { componentOf, dayOf, HOUR, MINUTE, maintenanceOf, siteOf, updates } from "./site-of.ts";

const WINDOW = "components: [api]\nscheduled: { start: 2026-03-05T10:00Z, end: 2026-03-05T12:00Z }";
const ANNOUNCED = "2026-03-01T09:00Z scheduled";

function clock(when: When | undefined): string | undefined {
  return when?.kind === "instant" ? new Date(when.at).toISOString().slice(11, 16) : when?.kind;
}

test.each([
  ["2026-03-05T09:59:59Z", "scheduled", false, "operational"],
  ["2026-03-05T10:00:00Z", "in_progress", false, "under_maintenance"],
  ["2026-03-05T11:59:59Z", "in_progress", false, "under_maintenance"],
  ["2026-03-05T12:00:00Z", "completed", true, "operational"],
])("at %s the clock says that announced work is %s", (now, status, isOver, effect) => {
  for (const front of [WINDOW, `${WINDOW}\n${updates(ANNOUNCED)}`]) {
    const site = siteOf({ it: front }, now);
    expect(site.maintenances[0]).toMatchObject({ kind: "maintenance", status, isOver, isOverrunning: false });
    expect(componentOf(site, "api").effect).toBe(effect);
    expect(site.state).toBe(effect);
  }
});

test("work that the clock ended lasted as long as its window", () => {
  const maintenance = maintenanceOf(WINDOW, "2026-03-06T00:00Z");
  expect([clock(maintenance.started), clock(maintenance.ended)]).toEqual(["10:00", "12:00"]);
  expect(maintenance.lasted).toEqual({ ms: 2 * HOUR, approximate: false });
  expect(maintenance.effects).toEqual([{ component: "api", worst: "under_maintenance", current: "operational" }]);
});

test("work to come is as long as its window, and has no end yet", () => {
  const maintenance = maintenanceOf(WINDOW, "2026-03-01T00:00Z");
  expect(maintenance.lasted.ms).toBe(2 * HOUR);
  expect(maintenance).not.toHaveProperty("ended");
});

const COURSE = `${WINDOW}\n${updates(
  ANNOUNCED,
  "2026-03-05T10:05Z in_progress",
  "2026-03-05T11:00Z verifying",
  "2026-03-05T11:20Z completed",
)}`;

test("work follows its updates where they say that it began", () => {
  const maintenance = maintenanceOf(COURSE, "2026-03-06T00:00Z");
  expect([clock(maintenance.started), clock(maintenance.ended), maintenance.lasted.ms]).toEqual([
    "10:05",
    "11:20",
    75 * MINUTE,
  ]);
  expect(maintenance.updates.map(({ changes }) => changes.map(({ from, to }) => `${from} > ${to}`))).toEqual([
    [],
    [],
    [],
    ["under_maintenance > operational"],
  ]);
});

test("an announcement ends nothing, and what it announced is not a return", () => {
  const { updates: told } = maintenanceOf(COURSE, "2026-03-06T00:00Z");
  expect(told.map(({ isReopening, isAfterEnd }) => isReopening || isAfterEnd)).toEqual([false, false, false, false]);
});

test("the component is under maintenance from the update that began the work to the one that ended it", () => {
  const front = COURSE.split("\n").slice(0, 5).join("\n");
  expect(componentOf(siteOf({ it: front }, "2026-03-05T10:30Z"), "api").effect).toBe("under_maintenance");
  expect(maintenanceOf(front, "2026-03-05T10:30Z")).toMatchObject({
    status: "in_progress",
    lasted: { ms: 25 * MINUTE },
  });
  const site = siteOf({ it: COURSE }, "2026-03-05T13:00Z");
  expect(componentOf(site, "api").effect).toBe("operational");
  expect(dayOf(site, "api", "2026-03-05")).toMatchObject({ worst: "under_maintenance", lostMs: 0, events: ["it"] });
});

test("work that an update began is not over because its window is", () => {
  const front = `${WINDOW}\n${updates(ANNOUNCED, "2026-03-05T10:00Z in_progress")}`;
  expect(maintenanceOf(front, "2026-03-05T11:59:59Z")).toMatchObject({ isOverrunning: false });
  expect(maintenanceOf(front, "2026-03-05T12:00Z")).toMatchObject({
    status: "in_progress",
    isOver: false,
    isOverrunning: true,
    lasted: { ms: 2 * HOUR },
  });
  const site = siteOf({ it: front }, "2026-03-07T00:00Z");
  expect(componentOf(site, "api").effect).toBe("under_maintenance");
});

test("work that was completed and begun again is under way", () => {
  const again = `${COURSE}\n  - { at: 2026-03-05T11:40Z, status: in_progress, body: Words. }`;
  expect(maintenanceOf(again, "2026-03-05T11:50Z")).toMatchObject({ status: "in_progress", isOver: false });
  expect(maintenanceOf(again, "2026-03-05T11:50Z").updates.at(-1)).toMatchObject({ isReopening: true });
});

test.each(["cancelled", "completed"])(
  "work that is %s before its window never began, ended or touched anything",
  (status) => {
    const front = `${WINDOW}\n${updates(ANNOUNCED, `2026-03-04T09:00Z ${status}`)}`;
    for (const now of ["2026-03-05T11:00Z", "2026-03-06T00:00Z"]) {
      const site = siteOf({ it: front }, now);
      const [maintenance] = site.maintenances;
      expect(maintenance).toMatchObject({ status: "cancelled", isOver: true, lasted: { ms: 0 } });
      expect(maintenance?.ended).toBeUndefined();
      expect(clock(maintenance?.cancelled)).toBe("09:00");
      expect(maintenance?.updates.at(-1)?.status).toBe("cancelled");
      expect(componentOf(site, "api").effect).toBe("operational");
      expect(dayOf(site, "api", "2026-03-05")).toMatchObject({ worst: "operational", events: [] });
    }
  },
);

test("work that is cancelled after it has begun ended with that", () => {
  for (const begun of [[], ["2026-03-05T09:50Z in_progress"]]) {
    const front = `${WINDOW}\n${updates(ANNOUNCED, ...begun, "2026-03-05T10:30Z cancelled")}`;
    const site = siteOf({ it: front }, "2026-03-05T11:00Z");
    expect(site.maintenances[0]).toMatchObject({ status: "cancelled", isOver: true });
    expect(clock(site.maintenances[0]?.ended)).toBe("10:30");
    expect(dayOf(site, "api", "2026-03-05")).toMatchObject({ worst: "under_maintenance", events: ["it"] });
    expect(componentOf(site, "api").effect).toBe("operational");
  }
});

test("work that was cancelled can be planned again", () => {
  const front = `${WINDOW}\n${updates("2026-03-03T09:00Z cancelled", "2026-03-04T09:00Z scheduled")}`;
  const again = maintenanceOf(front, "2026-03-05T09:00Z");
  expect([again.status, again.isOver, again.cancelled]).toEqual(["scheduled", false, undefined]);
});

test("cancelled work stands among what is planned until its time has come, and in the history from then on", () => {
  const front = `${WINDOW}\n${updates(ANNOUNCED, "2026-03-04T09:00Z cancelled")}`;
  const [before, after] = ["2026-03-04T12:00Z", "2026-03-06T12:00Z"].map((now) => siteOf({ it: front }, now));
  expect([before, after].map((site) => site && plannedWork(site).length)).toEqual([1, 0]);
  expect([before, after].map((site) => site && historyOf(site).events.length)).toEqual([0, 1]);
  expect([before, after].map((site) => site && currentEvents(site))).toEqual([[], []]);
  const continued = after && recentDays(after, 3).map(({ continued }) => continued.length);
  expect(continued).toEqual([0, 0, 0]);
  expect([before, after].map((site) => site && siteFeed(site).entries.length)).toEqual([1, 1]);
});

test("an effect that is announced comes with the work, not with the announcement", () => {
  const front = `${WINDOW}\n${updates("2026-03-01T09:00Z scheduled { api: partial_outage }", "2026-03-05T10:00Z in_progress")}`;
  const site = siteOf({ it: front }, "2026-03-05T11:00Z");
  expect(componentOf(site, "api").effect).toBe("partial_outage");
  expect(dayOf(site, "api", "2026-03-05")?.lostMs).toBe(0.3 * HOUR);
  expect(dayOf(site, "api", "2026-03-01")).toMatchObject({ worst: "operational", lostMs: 0 });
});

test("times of its own come before those of the window", () => {
  const front = `${WINDOW}\nstarted: 2026-03-05T09:50Z\nended: 2026-03-05T11:00Z\n${updates("2026-03-05T11:10Z completed")}`;
  const maintenance = maintenanceOf(front, "2026-03-06T00:00Z");
  expect([clock(maintenance.started), clock(maintenance.ended)]).toEqual(["09:50", "11:00"]);
});

test("maintenance comes newest first by its start, apart from incidents", () => {
  const site = siteOf(
    {
      a: "scheduled: { start: 2026-03-05T10:00Z, end: 2026-03-05T12:00Z }",
      b: "scheduled: { start: 2026-04-05T10:00Z, end: 2026-04-05T12:00Z }",
      c: updates("2026-03-04T10:00Z resolved"),
    },
    "2026-03-10T00:00Z",
  );
  expect(site.maintenances.map(({ slug }) => slug)).toEqual(["b", "a"]);
  expect(site.incidents.map(({ slug }) => slug)).toEqual(["c"]);
});
