import { expect, test } from "vitest";
import type { When } from "#lib/model/time.ts";
import { timed } from "#tests/stopwatch.ts";
import { CONFIG, componentOf, dayOf, HOUR, incidentOf, MINUTE, siteOf, updates } from "./site-of.ts";

const NOW = "2026-03-10T12:00Z";

function clock(when: When | undefined): string | undefined {
  return when?.kind === "instant" ? new Date(when.at).toISOString().slice(11, 16) : when?.kind;
}

const COURSE = `components: { api: major_outage, web: degraded_performance }
started: 2026-03-05T10:00Z
detected: 2026-03-05T10:04Z
${updates(
  "2026-03-05T10:10Z investigating",
  "2026-03-05T10:30Z monitoring { api: partial_outage, mail: degraded_performance }",
  "2026-03-05T11:00Z resolved",
)}`;

test("an incident's story follows its updates, with every change of an effect", () => {
  const incident = incidentOf(COURSE, NOW);
  expect(incident).toMatchObject({
    kind: "incident",
    impact: "critical",
    status: "resolved",
    isOver: true,
    lasted: { ms: HOUR, approximate: false },
    timeToDetect: { ms: 4 * MINUTE, approximate: false },
    timeToRepair: { ms: 56 * MINUTE, approximate: false },
    effects: [
      { component: "api", worst: "major_outage", current: "operational" },
      { component: "web", worst: "degraded_performance", current: "operational" },
      { component: "mail", worst: "degraded_performance", current: "operational" },
    ],
  });
  expect(
    incident.updates.map(({ id, changes }) => [
      id,
      changes.map(({ component, from, to }) => `${component}: ${from} > ${to}`),
    ]),
  ).toEqual([
    ["u20260305T101000Z", []],
    ["u20260305T103000Z", ["api: major_outage > partial_outage", "mail: operational > degraded_performance"]],
    [
      "u20260305T110000Z",
      [
        "api: partial_outage > operational",
        "web: degraded_performance > operational",
        "mail: degraded_performance > operational",
      ],
    ],
  ]);
});

test("time is lost whole by a major outage, three tenths by a partial one, and not by less", () => {
  const site = siteOf({ it: COURSE }, NOW);
  expect(dayOf(site, "api", "2026-03-05")).toEqual({
    period: "2026-03-05",
    worst: "major_outage",
    observedMs: 24 * HOUR,
    affectedMs: HOUR,
    lostMs: 30 * MINUTE + 0.3 * 30 * MINUTE,
    events: ["it"],
  });
  expect(dayOf(site, "web", "2026-03-05")).toMatchObject({
    worst: "degraded_performance",
    lostMs: 0,
    affectedMs: HOUR,
    events: ["it"],
  });
  expect(dayOf(site, "mail", "2026-03-05")).toMatchObject({ worst: "degraded_performance", lostMs: 0 });
  expect(dayOf(site, "app", "2026-03-05")).toMatchObject({ worst: "operational", lostMs: 0, events: [] });
  const observed = 89 * 24 * HOUR + 12 * HOUR;
  expect(componentOf(site, "api").uptime).toBe(1 - (39 * MINUTE) / observed);
  expect(componentOf(site, "app").uptime).toBe(1);
});

test("while it lasts, an incident is as its last update says, and as long as it has lasted", () => {
  const front = COURSE.split("\n").slice(0, -1).join("\n");
  const site = siteOf({ it: front }, "2026-03-05T10:50Z");
  expect(site.state).toBe("major_outage");
  expect(site.incidents[0]).toMatchObject({ status: "monitoring", isOver: false, lasted: { ms: 50 * MINUTE } });
  expect(site.incidents[0]).not.toHaveProperty("ended");
  expect(componentOf(site, "api").effect).toBe("partial_outage");
  expect(dayOf(site, "api", "2026-03-05")?.lostMs).toBe(30 * MINUTE + 0.3 * 20 * MINUTE);
});

test("a reopened incident is over when it is resolved for good, and what lay between was not lost", () => {
  const front = `components: { api: major_outage }\n${updates(
    "2026-03-05T10:00Z investigating",
    "2026-03-05T11:00Z resolved",
    "2026-03-05T12:00Z update",
    "2026-03-05T13:00Z investigating",
    "2026-03-05T14:00Z resolved",
    "2026-03-05T14:05Z resolved",
    "2026-03-06T09:00Z update",
  )}`;
  const site = siteOf({ it: front }, NOW);
  const [incident] = site.incidents;
  expect(clock(incident?.ended)).toBe("14:00");
  expect(incident?.lasted).toEqual({ ms: 4 * HOUR, approximate: false });
  expect(incident?.updates.map(({ isReopening, isAfterEnd }) => [isReopening, isAfterEnd])).toEqual([
    [false, false],
    [false, false],
    [false, true],
    [true, false],
    [false, false],
    [false, true],
    [false, true],
  ]);
  expect(dayOf(site, "api", "2026-03-05")?.lostMs).toBe(2 * HOUR);
  expect(siteOf({ it: front.split("\n").slice(0, -3).join("\n") }, "2026-03-05T13:30Z").incidents[0]).toMatchObject({
    isOver: false,
    status: "investigating",
  });
});

test("a resolution leaves no effect, even one that it names, and reopening brings the last ones back", () => {
  const front = `components: { api: partial_outage }\n${updates(
    "2026-03-05T10:00Z investigating",
    "2026-03-05T11:00Z resolved { api: degraded_performance }",
    "2026-03-05T12:00Z identified",
  )}`;
  const incident = incidentOf(front, "2026-03-05T12:30Z");
  expect(incident.updates.map(({ changes }) => changes.map(({ to }) => to))).toEqual([
    [],
    ["operational"],
    ["degraded_performance"],
  ]);
  expect(incident.effects).toEqual([{ component: "api", worst: "partial_outage", current: "degraded_performance" }]);
});

test("updates written newest first are told oldest first; those of one moment keep the order of the file", () => {
  const times = [
    "2026-03-05T10:00Z investigating",
    "2026-03-05T10:30Z identified",
    "2026-03-05T10:30Z update",
    "2026-03-05T11:00Z resolved",
  ];
  const statuses = ["investigating", "identified", "update", "resolved"];
  const oldestFirst = incidentOf(updates(...times), NOW);
  const newestFirst = incidentOf(updates(...times.toReversed()), NOW);
  expect(oldestFirst.updates.map(({ status }) => status)).toEqual(statuses);
  expect(newestFirst.updates).toEqual(oldestFirst.updates);
  expect(oldestFirst.updates.map(({ id }) => id)).toEqual([
    "u20260305T100000Z",
    "u20260305T103000Z",
    "u20260305T103000Z-2",
    "u20260305T110000Z",
  ]);
});

test("an explicit end comes before the update that announced it", () => {
  const front = `components: { api: major_outage }
started: 2026-03-05T10:00Z
ended: 2026-03-05T10:34Z
${updates("2026-03-05T10:10Z investigating", "2026-03-05T10:45Z resolved")}`;
  const site = siteOf({ it: front }, NOW);
  expect(clock(site.incidents[0]?.ended)).toBe("10:34");
  expect(site.incidents[0]?.lasted.ms).toBe(34 * MINUTE);
  expect(dayOf(site, "api", "2026-03-05")?.lostMs).toBe(34 * MINUTE);
});

test("an end without an update that says so is one", () => {
  const front = "components: { api: major_outage }\nstarted: 2026-03-05T10:00Z\nended: 2026-03-05T11:00Z";
  expect(incidentOf(front, NOW)).toMatchObject({ isOver: true, status: "resolved", updates: [] });
  expect(dayOf(siteOf({ it: front }, NOW), "api", "2026-03-05")?.lostMs).toBe(HOUR);
});

test("an update that resolves before the last minute is full ends the incident at once", () => {
  const front = `started: 2026-03-05T10:00Z\nended: 2026-03-05T10:00:40Z\n${updates("2026-03-05T10:00:40Z resolved")}`;
  expect(incidentOf(front, "2026-03-05T10:00Z")).toMatchObject({ isOver: true, status: "resolved" });
});

test("without a start an incident began with its first update, or with its end if that is earlier", () => {
  expect(clock(incidentOf(updates("2026-03-05T10:10Z resolved"), NOW).started)).toBe("10:10");
  const early = incidentOf(`ended: 2026-03-05T10:00Z\n${updates("2026-03-05T10:10Z resolved")}`, NOW);
  expect([clock(early.started), early.lasted.ms]).toEqual(["10:00", 0]);
});

test("how long detection took is told only where the start was", () => {
  const front = `detected: 2026-03-05T10:00Z\n${updates("2026-03-05T10:10Z resolved")}`;
  expect(incidentOf(front, NOW)).not.toHaveProperty("timeToDetect");
  expect(incidentOf(`started: 2026-03-05T09:58Z\n${front}`, NOW)).toMatchObject({ timeToDetect: { ms: 2 * MINUTE } });
});

test("what was said before the start changes nothing until then", () => {
  const front = `components: { api: major_outage }\nstarted: 2026-03-05T10:00Z\n${updates(
    "2026-03-05T09:30Z investigating { api: partial_outage }",
    "2026-03-05T11:00Z resolved",
  )}`;
  const site = siteOf({ it: front }, NOW);
  expect(site.incidents[0]?.updates.map(({ changes }) => changes.length)).toEqual([0, 1]);
  expect(dayOf(site, "api", "2026-03-05")?.lostMs).toBe(0.3 * HOUR);
});

test.each([
  ["impact: minor\ncomponents: [api]", "minor", "degraded_performance"],
  ["impact: major\ncomponents: [api]", "major", "partial_outage"],
  ["impact: critical\ncomponents: [api]", "critical", "major_outage"],
  ["impact: none\ncomponents: [api]", "none", "operational"],
  ["impact: minor\ncomponents: { api: major_outage }", "minor", "major_outage"],
  ["components: { api: partial_outage }", "major", "partial_outage"],
  ["components: { api: under_maintenance }", "none", "under_maintenance"],
  ["components: { api: operational }", "none", "operational"],
])("%j has an impact and effects that follow from one another", (front, impact, effect) => {
  const incident = incidentOf(`${front}\n${updates("2026-03-10T11:00Z investigating")}`, NOW);
  expect(incident.impact).toBe(impact);
  expect(incident.effects).toEqual([{ component: "api", worst: effect, current: effect }]);
});

test("an effect that only an update names makes the impact too", () => {
  const front = updates("2026-03-10T11:00Z investigating { api: partial_outage }");
  expect(incidentOf(front, NOW)).toMatchObject({ impact: "major" });
});

test("an open incident weighs on the whole even when it names no component", () => {
  const open = updates("2026-03-10T11:00Z investigating");
  expect(siteOf({ it: `impact: major\n${open}` }, NOW).state).toBe("partial_outage");
  expect(siteOf({ it: `impact: major\n${open}\n${""}` }, NOW).incidents[0]?.effects).toEqual([]);
  expect(siteOf({ it: `impact: major\n${updates("2026-03-10T11:00Z resolved")}` }, NOW).state).toBe("operational");
});

test("drafts are nowhere", () => {
  const front = `draft: true\nimpact: critical\ncomponents: [api]\n${updates("2026-03-10T11:00Z investigating")}`;
  const site = siteOf({ it: front }, NOW);
  expect(site).toMatchObject({ state: "operational", incidents: [], maintenances: [] });
  expect(componentOf(site, "api")).toMatchObject({ effect: "operational", uptime: 1 });
  expect(JSON.stringify(site)).not.toContain('"it"');
});

test("incidents come newest first, and those of one moment by their names", () => {
  const at = (time: string) => updates(`2026-03-0${time} resolved`);
  const site = siteOf({ c: at("5T10:00Z"), b: at("6T10:00Z"), a: at("5T10:00Z") }, NOW);
  expect(site.incidents.map(({ slug }) => slug)).toEqual(["b", "a", "c"]);
});

test("an id is made of the name alone, and stays", () => {
  const incident = incidentOf(updates("2026-03-05T10:00Z resolved"), NOW);
  expect(incident.id).toMatch(/^[a-z0-9]{12}$/);
  expect(incident.id).toBe(incidentOf(`impact: major\n${updates("2026-03-06T10:00Z resolved")}`, NOW).id);
  expect(incident.id).not.toBe(siteOf({ other: updates("2026-03-05T10:00Z resolved") }, NOW).incidents[0]?.id);
});

test("components stand in their groups, those without one first, in the order of site.yaml", () => {
  const { groups } = siteOf({}, NOW);
  expect(groups.map(({ name, components }) => [name, components.map(({ id }) => id)])).toEqual([
    [undefined, ["api"]],
    ["Front", ["web", "app"]],
    ["Back", ["mail"]],
  ]);
});

test("a thousand updates on hundreds of components are soon told", () => {
  const ids = Array.from({ length: 500 }, (_, index) => `c${index}`);
  const components = ids.map((id) => ({ id, name: id }));
  const lines = Array.from({ length: 900 }, (_, index) => {
    const at = new Date(Date.parse("2026-03-05T00:00Z") + index * MINUTE).toISOString();
    return `${at} ${index % 2 === 0 ? "investigating" : "resolved"}`;
  });
  const files = { it: `impact: minor\ncomponents: [${ids.join(", ")}]\n${updates(...lines)}` };
  const { result, ms } = timed(() => siteOf(files, NOW, { ...CONFIG, components }));
  expect(result.incidents[0]?.updates).toHaveLength(900);
  expect(ms).toBeLessThan(5000);
});
