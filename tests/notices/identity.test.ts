import { expect, test } from "vitest";
import { componentId } from "#lib/content/ids/api-ids.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { CONFIG, siteOf } from "#tests/compile/site-of.ts";
import { said, shown, World } from "./world.ts";

const FIRST = "2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";
const PAST =
  "components: [api]\nupdates:\n  - { at: 2026-02-01T10:00Z, status: investigating, body: Search is slow. }\n  - { at: 2026-02-01T11:00Z, status: resolved, body: Search is fast again. }";
const PLAN =
  "components: [api]\nscheduled: { start: 2026-03-10T10:00Z, end: 2026-03-10T12:00Z }\nupdates:\n  - { at: 2026-03-05T09:00Z, status: scheduled, body: We replace a disk. }";

test("(a) an update reworded beyond recognition stays the one at its time, and one that resembles its old words is new", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  const reworded = "2026-03-05T10:00Z investigating Nobody in Paris and Rome can reach the accounts page.";
  const second = "2026-03-05T10:40Z update Sign-in fails for many customers in Europe still.";
  expect(world.publish("2026-03-05T10:41Z", { a: said(reworded, second) })).toEqual(["incident_updated a 1"]);
  expect(world.told.at(-1)?.updates.map(({ body }) => body)).toEqual([
    "Sign-in fails for many customers in Europe still.",
  ]);
});

test("(a) so it is where the first was reworded only a little", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  const reworded = "2026-03-05T10:00Z investigating Sign-in fails for a few of our customers in Europe.";
  const second = "2026-03-05T10:40Z update Sign-in fails for many customers in Europe now.";
  world.publish("2026-03-05T10:41Z", { a: said(reworded, second) });
  expect(world.told.at(-1)?.updates.map(({ body }) => body)).toEqual([
    "Sign-in fails for many customers in Europe now.",
  ]);
});

test("(b) maintenance that moves is told although the start of something past is corrected with it", () => {
  const world = shown("2026-03-05T09:01Z", { past: PAST, m: PLAN });
  const corrected = `started: 2026-02-01T09:30Z\n${PAST}`;
  const moved = PLAN.replaceAll("2026-03-10", "2026-03-12");
  expect(world.publish("2026-03-05T10:00Z", { past: corrected, m: moved })).toEqual(["maintenance_moved m"]);
});

test("(b) a zone put right moves the past and what is planned by the same time, and is no news", () => {
  const world = shown("2026-03-05T09:01Z", { past: PAST, m: PLAN });
  const earlier = (text: string) =>
    text.replaceAll(/T(\d\d):/g, (_, hour) => `T${String(Number(hour) - 1).padStart(2, "0")}:`);
  expect(world.publish("2026-03-05T10:00Z", { past: earlier(PAST), m: earlier(PLAN) })).toEqual([]);
});

test("(c) an incident is told although an ended one of the same title and words is removed with it", () => {
  const over = said(FIRST.replace("2026-03-05", "2026-03-04"), "2026-03-04T11:00Z resolved It works again.");
  const world = shown("2026-03-04T11:01Z", { old: `${over}` });
  expect(world.publish("2026-03-05T10:01Z", { new: `${said(FIRST)}` })).toEqual(["incident_opened new 1"]);
});

test("(c) with ids, an incident is told although one that is still open and says the same is removed with it", () => {
  const world = shown("2026-03-05T10:01Z", { old: `id: a00000000001\n${said(FIRST)}` });
  const again = FIRST.replace("10:00", "10:30");
  expect(world.publish("2026-03-05T10:31Z", { new: `id: a00000000002\n${said(again)}` })).toEqual([
    "incident_opened new 1",
  ]);
});

test.each([
  ["without ids", "", ""],
  ["with ids", "id: a00000000001\n", "id: a00000000002\n"],
])(
  "(d) a slug that is used again is another incident: a beginning, for its own audience alone, %s",
  (_, one, other) => {
    const over = said(FIRST, "2026-03-05T11:00Z resolved It works again.");
    const world = shown("2026-03-05T11:01Z", { down: `${one}${over}` });
    const next = said("2026-03-20T08:00Z investigating Mail is late.")
      .replace("[api]", "[web]")
      .replace("major", "minor");
    const oldId = world.known[0]?.id;
    expect(world.publish("2026-03-20T08:01Z", { down: `${other}${next}` })).toEqual(["incident_opened down 1"]);
    expect(world.told.at(-1)?.audience).toEqual({ topic: "incidents", components: ["web"], impact: "minor" });
    expect(world.told.at(-1)?.event.id).not.toBe(oldId);
    // Neither comes back when the old file does.
    expect(world.publish("2026-03-20T08:10Z", { down: `${one}${over}` })).toEqual([]);
    expect(world.publish("2026-03-20T08:20Z", { down: `${other}${next}` })).toEqual([]);
    const goesOn = `${other}${next}\n  - { at: "2026-03-20T08:30Z", status: update, body: Still late. }`;
    expect(world.publish("2026-03-20T08:31Z", { down: goesOn })).toEqual(["incident_updated down 1"]);
  },
);

test("(f) impact raised and components added are told by the next update, with the story for those who hear of it first", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST).replace("major", "minor") });
  const wider = said(FIRST).replace("[api]", "[api, web]").replace("major", "critical");
  expect(world.publish("2026-03-05T10:10Z", { a: wider })).toEqual([]);
  const SECOND = "\n  - { at: 2026-03-05T10:30Z, status: identified, body: A release is rolled back. }";
  expect(world.publish("2026-03-05T10:31Z", { a: wider + SECOND })).toEqual(["incident_updated a 2"]);
  expect(world.told.at(-1)).toMatchObject({
    audience: { components: ["api", "web"], impact: "critical" },
    toldBefore: 1,
    updates: [{ body: "Sign-in fails for many customers in Europe." }, { body: "A release is rolled back." }],
  });
  // Also to those who asked for beginnings and ends alone: to them it may be a beginning.
  expect(world.told.at(-1)?.audience.isBetween).toBeUndefined();
  const third = "\n  - { at: 2026-03-05T10:50Z, status: monitoring, body: It is rolled back. }";
  expect(world.publish("2026-03-05T10:51Z", { a: wider + SECOND + third })).toEqual(["incident_updated a 1"]);
});

const NAMED = "id: k3x9ta81mq0z\n";

/** Updates as `said` takes them, each behind its id. */
function named(...lines: string[]): string {
  const items = lines.map((line) => {
    const [, id, at, status, words] = /^(\S+) (\S+) (\S+) (.*)$/.exec(line) ?? [];
    return `  - { id: ${id}, at: ${at}, status: ${status}, body: ${JSON.stringify(words)} }`;
  });
  return `${NAMED}components: [api]\nimpact: major\nupdates:\n${items.join("\n")}`;
}

const ONE = "aaaa 2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";
const OTHER_WORDS = "2026-03-05T09:15Z identified Nobody in Paris reaches the accounts page.";

test("with ids a file may be renamed, rewritten and moved in time at once: nothing is told, and what is new is", () => {
  const world = shown("2026-03-05T10:01Z", { a: named(ONE) });
  expect(world.publish("2026-03-05T10:05Z", { z: named(`aaaa ${OTHER_WORDS}`) })).toEqual([]);
  const next = "bbbb 2026-03-05T10:06Z update Sign-in fails for many customers in Europe.";
  expect(world.publish("2026-03-05T10:07Z", { z: named(`aaaa ${OTHER_WORDS}`, next) })).toEqual([
    "incident_updated z 1",
  ]);
  expect(world.unclear).toEqual([]);
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ["ids that appear in a file that was known without", { a: said(FIRST) }, { a: named(ONE) }],
  ["ids that appear while the file is renamed", { a: said(FIRST) }, { b: named(ONE) }],
  ["ids that are edited away", { a: named(ONE) }, { a: said(FIRST) }],
  ["an update's id that is edited away", { a: named(ONE) }, { a: `${NAMED}${said(FIRST)}` }],
  ["ids that are written anew", { a: named(ONE) }, { a: named(ONE.replace("aaaa", "cccc")).replace("k3x9", "zzzz") }],
])("%s tell nothing, then or when they are put back", (_, before, after) => {
  const world = shown("2026-03-05T10:01Z", before);
  expect(world.publish("2026-03-05T10:05Z", after)).toEqual([]);
  expect(world.publish("2026-03-05T10:06Z", before)).toEqual([]);
});

test("an update that is given another id, other words and another time is another update", () => {
  const world = shown("2026-03-05T10:01Z", { a: named(ONE) });
  const other = ONE.replace("aaaa", "bbbb").replace("10:00", "10:20").replace("many", "some");
  expect(world.publish("2026-03-05T10:21Z", { a: named(other) })).toEqual(["incident_updated a 1"]);
});

test("an id that was edited away is known when it comes back, whatever was reworded since", () => {
  const world = shown("2026-03-05T10:01Z", { a: named(ONE) });
  world.publish("2026-03-05T10:05Z", { a: said(FIRST) });
  expect(world.publish("2026-03-05T10:06Z", { z: named(`aaaa ${OTHER_WORDS}`) })).toEqual([]);
});

const SITE = (components: SiteConfig["components"]) => ({ components });

test("(e) a component's new id changes nothing for whoever chose the old one, and nothing is told of the change", () => {
  const old = SITE([{ id: "api", name: "API" }]);
  const renamed = SITE([{ id: "rest", name: "API", former: ["api"] }]);
  const world = new World();
  world.see(siteOf({ a: said(FIRST) }, "2026-03-05T10:01Z", old));
  const now = said(FIRST).replace("[api]", "[rest]");
  expect(world.see(siteOf({ a: now }, "2026-03-05T10:05Z", renamed))).toEqual([]);
  expect(world.notTold).toEqual([]);
  const next = `${now}\n  - { at: 2026-03-05T10:10Z, status: update, body: Still. }`;
  // One update, not the story: nobody is new to it.
  expect(world.see(siteOf({ a: next }, "2026-03-05T10:11Z", renamed))).toEqual(["incident_updated a 1"]);
  expect(world.told.at(-1)?.audience.components.toSorted()).toEqual(["api", "rest"]);
  expect(world.told.at(-1)?.components).toMatchObject([{ id: "rest", formerId: componentId(CONFIG, "api") }]);
});
