import { expect, test } from "vitest";
import { announce } from "#lib/publishing/notices/announce.ts";
import { siteOf } from "#tests/compile/site-of.ts";
import { SETTINGS, said, shown } from "./world.ts";

const FIRST = "2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";

test("an incident that is written down before it begins is told when it has begun", () => {
  const world = shown("2026-03-05T09:00Z", {});
  const ahead = `started: 2026-03-05T10:00Z\n${said(FIRST)}`;
  expect(world.publish("2026-03-05T09:30Z", { a: ahead })).toEqual([]);
  expect(world.publish("2026-03-05T10:00Z", { a: ahead })).toEqual(["incident_opened a 1"]);
});

test("an incident that has begun waits for its first words, if they are written already", () => {
  const world = shown("2026-03-05T09:00Z", {});
  const ahead = `started: 2026-03-05T09:00Z\n${said(FIRST)}`;
  expect(world.publish("2026-03-05T09:30Z", { a: ahead })).toEqual([]);
  expect(world.publish("2026-03-05T10:00Z", { a: ahead })).toEqual(["incident_opened a 1"]);
});

test("an incident whose impact nobody stated concerns those who wish to hear of minor ones", () => {
  const unstated = said(FIRST).replace("components: [api]\nimpact: major\n", "");
  const { notices } = announce(siteOf({ a: unstated }, "2026-03-05T10:01Z"), [], { ...SETTINGS, isQuiet: false });
  expect(notices).toMatchObject([{ audience: { topic: "incidents", components: [], impact: "minor" } }]);
  expect(notices[0]?.event.impact).toBeUndefined();
});
