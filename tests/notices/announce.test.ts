import { expect, test } from "vitest";
import { announce } from "#lib/publishing/notices/announce.ts";
import { siteOf } from "#tests/compile/site-of.ts";
import { SETTINGS, said, World } from "./world.ts";

const FIRST = "2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";
const SECOND = "2026-03-05T10:30Z identified A faulty release is being rolled back.";
const THIRD = "2026-03-05T11:00Z resolved The release is rolled back and sign-in works again.";

/** A world in which the first update was published, and the site before it. */
function begun(): World {
  const world = new World();
  world.publish("2026-03-01T00:00Z", {});
  expect(world.publish("2026-03-05T10:01Z", { a: said(FIRST) })).toEqual(["incident_opened a 1"]);
  return world;
}

function ended(): World {
  const world = begun();
  world.publish("2026-03-05T10:31Z", { a: said(FIRST, SECOND) });
  expect(world.publish("2026-03-05T11:01Z", { a: said(FIRST, SECOND, THIRD) })).toEqual(["incident_resolved a 1"]);
  return world;
}

test("an incident is told from its beginning to its end, each step once", () => {
  const world = begun();
  expect(world.publish("2026-03-05T10:02Z", { a: said(FIRST) })).toEqual([]);
  expect(world.publish("2026-03-05T10:31Z", { a: said(FIRST, SECOND) })).toEqual(["incident_updated a 1"]);
  expect(world.publish("2026-03-05T11:01Z", { a: said(FIRST, SECOND, THIRD) })).toEqual(["incident_resolved a 1"]);
  expect(world.publish("2026-03-05T11:02Z", { a: said(FIRST, SECOND, THIRD) })).toEqual([]);
});

test("what was written while nobody published is told in one notice", () => {
  const world = new World();
  expect(world.publish("2026-03-05T11:05Z", { a: said(FIRST, SECOND, THIRD) })).toEqual(["incident_resolved a 3"]);
});

test.each<[string, Record<string, string>]>([
  ["renamed", { b: said(FIRST) }],
  ["renamed with its former address", { b: `${said(FIRST)}\nredirects: [/incidents/a]` }],
  ["reworded", { a: said(FIRST.replace("many", "most of our")) }],
  ["rewritten", { a: said("2026-03-05T10:00Z investigating We look into trouble with accounts.") }],
  ["moved in time", { a: said(FIRST.replace("10:00", "09:00")) }],
  ["formatted anew", { a: said(FIRST.replace("Sign-in fails", "**Sign-in**  fails")) }],
  ["renamed and moved in time", { b: said(FIRST.replace("10:00", "09:00")) }],
  ["given another impact", { a: said(FIRST).replace("major", "critical") }],
  ["taken away", {}],
])("an update that is %s is not told again, then or when it is changed back", (_, files) => {
  const world = begun();
  expect(world.publish("2026-03-05T10:10Z", files)).toEqual([]);
  expect(world.publish("2026-03-05T10:20Z", { a: said(FIRST) })).toEqual([]);
});

test("updates may be put in another order, and one between them is told", () => {
  const world = ended();
  const between = "2026-03-05T10:45Z update Half of the servers are back.";
  expect(world.publish("2026-03-05T11:10Z", { a: said(THIRD, SECOND, FIRST) })).toEqual([]);
  expect(world.publish("2026-03-05T11:20Z", { a: said(THIRD, between, SECOND, FIRST) })).toEqual([
    "incident_updated a 1",
  ]);
});

test("updates that are reworded and moved to one another's times are not told again", () => {
  const world = ended();
  const moved = [FIRST, SECOND, THIRD].map((line) =>
    line.replace("11:00", "11:30").replace("10:30", "11:00").replace("10:00", "10:30"),
  );
  const reworded = moved.map((line) => line.replace(" is ", " was ").replace("many", "some"));
  expect(world.publish("2026-03-05T11:40Z", { a: said(...reworded) })).toEqual([]);
});

test("a new update is told although an old one was reworded or lost with it", () => {
  const world = begun();
  const reworded = FIRST.replace("many", "some");
  expect(world.publish("2026-03-05T10:31Z", { a: said(reworded, SECOND) })).toEqual(["incident_updated a 1"]);
  expect(world.publish("2026-03-05T11:01Z", { a: said(THIRD) })).toEqual(["incident_resolved a 1"]);
});

test("the same words said again at another time are told again", () => {
  const world = begun();
  const again = FIRST.replace("10:00", "10:40");
  expect(world.publish("2026-03-05T10:41Z", { a: said(FIRST, again) })).toEqual(["incident_updated a 1"]);
});

test("an end without an update of its own is told", () => {
  const world = begun();
  expect(world.publish("2026-03-05T10:50Z", { a: `${said(FIRST)}\nended: 2026-03-05T10:45Z` })).toEqual([
    "incident_resolved a",
  ]);
});

test("what comes back after its end is told with its new update, and its second end too", () => {
  const world = ended();
  const back = "2026-03-05T12:00Z investigating Sign-in fails again in one region.";
  const over = "2026-03-05T12:30Z resolved It works again everywhere.";
  expect(world.publish("2026-03-05T12:01Z", { a: said(FIRST, SECOND, THIRD, back) })).toEqual(["incident_updated a 1"]);
  expect(world.publish("2026-03-05T12:31Z", { a: said(FIRST, SECOND, THIRD, back, over) })).toEqual([
    "incident_resolved a 1",
  ]);
});

test("a roll back and what was rolled back are both silent", () => {
  const world = ended();
  expect(world.publish("2026-03-05T12:00Z", { a: said(FIRST) })).toEqual([]);
  expect(world.publish("2026-03-05T12:01Z", { a: said(FIRST, SECOND, THIRD) })).toEqual([]);
});

test("what happened long ago is taken note of in silence", () => {
  const world = new World();
  expect(world.publish("2026-03-20T00:00Z", { a: said(FIRST, SECOND, THIRD), b: said(FIRST) })).toEqual([]);
  expect(world.publish("2026-03-20T00:01Z", { a: said(FIRST, SECOND, THIRD) })).toEqual([]);
});

test("a clock that was set back brings nothing back", () => {
  const world = ended();
  expect(world.publish("2026-03-05T10:02Z", { a: said(FIRST, SECOND, THIRD) })).toEqual([]);
  expect(world.publish("2026-03-05T11:30Z", { a: said(FIRST, SECOND, THIRD) })).toEqual([]);
});

test("a quiet publication tells nothing, and what it showed is told never", () => {
  const world = new World();
  expect(world.publish("2026-03-05T10:01Z", { a: said(FIRST) }, true)).toEqual([]);
  expect(world.publish("2026-03-05T10:02Z", { a: said(FIRST) })).toEqual([]);
  expect(world.publish("2026-03-05T10:31Z", { a: said(FIRST, SECOND) })).toEqual(["incident_updated a 1"]);
});

test("reports are told when they appear and when they become final", () => {
  const world = ended();
  const all = said(FIRST, SECOND, THIRD);
  const preliminary = `${all}\nreport: { status: preliminary }\n===\nWe released a fault.`;
  const final = `${all}\nreport: { status: final }\n===\nWe released a fault, and know why.`;
  expect(world.publish("2026-03-07T00:00Z", { a: preliminary })).toEqual(["report_preliminary a"]);
  expect(world.publish("2026-03-07T01:00Z", { a: `${preliminary} More.` })).toEqual([]);
  expect(world.publish("2026-03-12T00:00Z", { a: final })).toEqual(["report_final a"]);
  expect(world.publish("2026-03-12T01:00Z", { a: preliminary })).toEqual([]);
  expect(world.publish("2026-03-12T02:00Z", { a: final })).toEqual([]);
});

test("an incident that is written down ahead is told as opened when it begins", () => {
  const world = new World();
  expect(world.publish("2026-03-04T10:00Z", { a: said(FIRST) })).toEqual([]);
  expect(world.publish("2026-03-05T10:00Z", { a: said(FIRST) })).toEqual(["incident_opened a 1"]);
});

test("an incident that is written down as resolved before it began is told to nobody", () => {
  const world = new World();
  for (const now of ["2026-03-04T10:00Z", "2026-03-05T10:00Z", "2026-03-05T11:00Z"]) {
    expect(world.publish(now, { a: said(FIRST, THIRD) })).toEqual([]);
  }
});

test("an end that lies ahead is told when its time comes, whole and once", () => {
  const world = begun();
  expect(world.publish("2026-03-05T10:40Z", { a: said(FIRST, THIRD) })).toEqual([]);
  expect(world.publish("2026-03-05T11:00Z", { a: said(FIRST, THIRD) })).toEqual(["incident_resolved a 1"]);
  expect(world.publish("2026-03-05T11:10Z", { a: said(FIRST, THIRD) })).toEqual([]);
});

test("whoever was told of a beginning hears its end a few days late, but not weeks late", () => {
  expect(begun().publish("2026-03-10T00:00Z", { a: said(FIRST, THIRD) })).toEqual(["incident_resolved a 1"]);
  expect(begun().publish("2026-03-20T00:00Z", { a: said(FIRST, THIRD) })).toEqual([]);
});

test("nobody hears the end of what nobody was told had begun, a few days late", () => {
  const world = new World();
  world.publish("2026-03-07T00:00Z", { a: said(FIRST) });
  expect(world.publish("2026-03-10T00:00Z", { a: said(FIRST, THIRD) })).toEqual([]);
});

test("what goes on for days is told although its update bears the time of the beginning", () => {
  const untimed = SECOND.replace("10:30", "10:00");
  expect(begun().publish("2026-03-08T00:00Z", { a: said(FIRST, untimed) })).toEqual(["incident_updated a 1"]);
  expect(ended().publish("2026-03-08T00:00Z", { a: said(FIRST, SECOND, THIRD, untimed) })).toEqual([]);
});

test("an update that says only “Resolved.” is no news to who knows it", () => {
  const world = begun();
  world.publish("2026-03-05T10:50Z", { a: `${said(FIRST)}\nended: 2026-03-05T10:45Z` });
  const bare = "2026-03-05T11:00Z resolved Resolved.";
  expect(world.publish("2026-03-05T11:01Z", { a: said(FIRST, bare) })).toEqual([]);
  expect(world.publish("2026-03-05T11:02Z", { a: said(FIRST, bare, THIRD.replace("11:00", "11:01")) })).toEqual([
    "incident_updated a 1",
  ]);
});

test("what becomes maintenance in the middle is told to those who heard of the incident", () => {
  const world = begun();
  const planned = `${said(FIRST, "2026-03-05T11:00Z completed All is replaced.")}
scheduled: { start: 2026-03-05T10:00Z, end: 2026-03-05T11:00Z }`
    .replace("investigating", "in_progress")
    .replace("impact: major\n", "");
  const { notices } = announce(siteOf({ a: planned }, "2026-03-05T11:01Z"), world.known, {
    ...SETTINGS,
    isQuiet: false,
  });
  expect(notices.map(({ kind, audience }) => [kind, audience.topic])).toEqual([["maintenance_ended", "incidents"]]);
});

const WINDOW = "components: [api]\nscheduled: { start: 2026-03-10T10:00Z, end: 2026-03-10T12:00Z }";
const PLAN = `${WINDOW}\nupdates:\n  - { at: 2026-03-05T09:00Z, status: scheduled, body: We replace a disk. }`;

test("maintenance is announced, reminded of, begun and ended by the clock alone", () => {
  const world = new World();
  const at = (now: string) => world.publish(now, { m: PLAN });
  expect(at("2026-03-05T09:01Z")).toEqual(["maintenance_scheduled m 1"]);
  expect(at("2026-03-09T09:59Z")).toEqual([]);
  expect(at("2026-03-09T10:00Z")).toEqual(["maintenance_reminder m"]);
  expect(at("2026-03-09T10:01Z")).toEqual([]);
  expect(at("2026-03-10T10:00Z")).toEqual(["maintenance_begun m"]);
  expect(at("2026-03-10T12:00Z")).toEqual(["maintenance_ended m"]);
  expect(at("2026-03-11T12:00Z")).toEqual([]);
});

test("maintenance that is moved is told, with a reminder of its new time", () => {
  const world = new World();
  world.publish("2026-03-05T09:01Z", { m: PLAN });
  const moved = PLAN.replaceAll("2026-03-10", "2026-03-12");
  expect(world.publish("2026-03-06T00:00Z", { m: moved })).toEqual(["maintenance_moved m"]);
  expect(world.publish("2026-03-09T12:00Z", { m: moved })).toEqual([]);
  expect(world.publish("2026-03-11T10:00Z", { m: moved })).toEqual(["maintenance_reminder m"]);
});

test("maintenance whose announcement bears the time of the work is announced at once", () => {
  const world = new World();
  const untimed = PLAN.replace("2026-03-05T09", "2026-03-10T10");
  expect(world.publish("2026-03-05T09:01Z", { m: untimed })).toEqual(["maintenance_scheduled m 1"]);
  expect(world.publish("2026-03-10T10:00Z", { m: untimed })).toEqual(["maintenance_begun m"]);
});

test("maintenance that is moved to a time that has come has begun; from then on only another end is told", () => {
  const world = new World();
  world.publish("2026-03-05T09:01Z", { m: PLAN });
  const now = PLAN.replace("start: 2026-03-10T10", "start: 2026-03-10T08");
  expect(world.publish("2026-03-10T08:05Z", { m: now })).toEqual(["maintenance_begun m"]);
  expect(world.publish("2026-03-10T08:10Z", { m: now.replace("T08:00", "T08:03") })).toEqual([]);
  expect(world.publish("2026-03-10T08:15Z", { m: now.replace("end: 2026-03-10T12", "end: 2026-03-10T14") })).toEqual([
    "maintenance_moved m",
  ]);
});

test("maintenance that the clock ended is not told again by a bare “Completed.”, but by the words of who did it", () => {
  const world = new World();
  const at = "2026-03-10T12";
  world.publish("2026-03-05T09:01Z", { m: PLAN });
  world.publish("2026-03-10T10:00Z", { m: PLAN });
  world.publish(`${at}:00Z`, { m: PLAN });
  const bare = `${PLAN}\n  - { at: ${at}:00Z, status: completed, body: Completed. }`;
  expect(world.publish(`${at}:05Z`, { m: bare })).toEqual([]);
  const worded = `${PLAN}\n  - { at: ${at}:10Z, status: completed, body: The disk is new and all is well. }`;
  expect(world.publish(`${at}:11Z`, { m: worded })).toEqual(["maintenance_updated m 1"]);
});

test("maintenance that is put off after it began begins again, and every move is told", () => {
  const world = new World();
  const later = PLAN.replaceAll("2026-03-10", "2026-03-12");
  world.publish("2026-03-05T09:01Z", { m: PLAN });
  expect(world.publish("2026-03-10T10:00Z", { m: PLAN })).toEqual(["maintenance_begun m"]);
  expect(world.publish("2026-03-10T10:10Z", { m: later })).toEqual(["maintenance_moved m"]);
  expect(world.publish("2026-03-12T10:00Z", { m: later })).toEqual(["maintenance_begun m"]);
  expect(world.keys.size).toBe(4);
});

test("a window that goes to and fro is told each time", () => {
  const world = new World();
  const later = PLAN.replaceAll("2026-03-10", "2026-03-12");
  const days = [PLAN, later, PLAN, later].map((plan, day) => world.publish(`2026-03-0${5 + day}T09:01Z`, { m: plan }));
  expect(days.flat()).toEqual(["maintenance_scheduled m 1", ...days.slice(1).fill(["maintenance_moved m"]).flat()]);
  expect(world.keys.size).toBe(4);
});

test("a clock that is set back and forth lets maintenance begin and be reminded of once", () => {
  const world = new World();
  const at = (now: string) => world.publish(now, { m: PLAN });
  at("2026-03-05T09:01Z");
  expect(at("2026-03-09T10:00Z")).toEqual(["maintenance_reminder m"]);
  expect(at("2026-03-08T10:00Z")).toEqual([]);
  expect(at("2026-03-09T10:00Z")).toEqual([]);
  expect(at("2026-03-10T10:00Z")).toEqual(["maintenance_begun m"]);
  expect(at("2026-03-10T09:00Z")).toEqual([]);
  expect(at("2026-03-10T10:00Z")).toEqual([]);
  expect(at("2026-03-10T12:00Z")).toEqual(["maintenance_ended m"]);
  expect(at("2026-03-09T00:00Z")).toEqual([]);
  expect(at("2026-03-10T12:00Z")).toEqual([]);
});

test("maintenance announced later than its reminder would come has none", () => {
  const world = new World();
  const late = PLAN.replace("2026-03-05T09", "2026-03-10T08");
  expect(world.publish("2026-03-10T08:01Z", { m: late })).toEqual(["maintenance_scheduled m 1"]);
  expect(world.publish("2026-03-10T09:00Z", { m: late })).toEqual([]);
});

test("windows that move together with the past are a zone put right, not news", () => {
  const world = new World();
  const past = said(FIRST, SECOND, THIRD);
  world.publish("2026-03-05T11:01Z", { a: past, m: PLAN });
  const earlier = (text: string) =>
    text.replaceAll(/T(\d\d):/g, (_, hour) => `T${String(Number(hour) - 1).padStart(2, "0")}:`);
  expect(world.publish("2026-03-05T11:30Z", { a: earlier(past), m: earlier(PLAN) })).toEqual([]);
});

test("an update written ahead is told when its time has come", () => {
  const world = begun();
  const ahead = "2026-03-05T10:30Z update The next step begins.";
  expect(world.publish("2026-03-05T10:10Z", { a: said(FIRST, ahead) })).toEqual([]);
  expect(world.publish("2026-03-05T10:31Z", { a: said(FIRST, ahead) })).toEqual(["incident_updated a 1"]);
});

test("whoever heard of the beginning hears the end, though the incident was made smaller", () => {
  const world = begun();
  const small = said(FIRST, THIRD)
    .replace("components: [api]", "components: [web]")
    .replace("impact: major", "impact: minor");
  const { notices } = announce(siteOf({ a: small }, "2026-03-05T11:01Z"), world.known, { ...SETTINGS, isQuiet: false });
  expect(notices.map(({ audience }) => audience)).toEqual([
    { topic: "incidents", components: ["api", "web"], impact: "major" },
  ]);
});

test("a notice is complete in itself", () => {
  const { notices } = announce(siteOf({ a: said(FIRST) }, "2026-03-05T10:01Z"), [], { ...SETTINGS, isQuiet: false });
  expect(notices).toMatchObject([
    {
      id: expect.stringMatching(/^[a-z0-9]{24}$/),
      kind: "incident_opened",
      event: { slug: "a", url: "https://status.example.com/incidents/a", impact: "major", status: "investigating" },
      components: [{ id: "api", name: "API", effect: "partial_outage" }],
      updates: [{ body: "Sign-in fails for many customers in Europe." }],
      madeAt: Date.parse("2026-03-05T10:01Z"),
    },
  ]);
});
