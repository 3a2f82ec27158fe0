import { expect, test } from "vitest";
import { said, shown, World } from "./world.ts";

const FIRST = "2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";
const PLAN =
  "components: [api]\nscheduled: { start: 2026-03-10T10:00Z, end: 2026-03-10T12:00Z }\nupdates:\n  - { at: 2026-03-05T09:00Z, status: scheduled, body: We replace a disk. }";

const RESOLVED = "2026-03-05T11:00Z resolved It works again.";

test("work that is first seen without anything said of it, or said of it long ago, tells by what was said", () => {
  const late = PLAN.replace("2026-03-05T09", "2026-03-01T09");
  expect(new World().publish("2026-03-05T09:01Z", { m: late })).toEqual([]);
  const bare = PLAN.slice(0, PLAN.indexOf("updates"));
  expect(new World().publish("2026-03-05T09:01Z", { m: bare })).toEqual(["maintenance_scheduled m"]);
});

test("the end of work is told by its time, or by what is said of it, or to those who wait for it", () => {
  const end = "\n  - { at: 2026-03-10T12:00Z, status: completed, body: The disk is new. }";
  const quietly = new World();
  quietly.publish("2026-03-05T09:01Z", { m: PLAN }, true);
  expect(quietly.publish("2026-03-13T09:01Z", { m: PLAN + end })).toEqual([]);
  expect(shown("2026-03-05T09:01Z", { m: PLAN }).publish("2026-03-13T09:01Z", { m: PLAN + end })).toEqual([
    "maintenance_ended m 1",
  ]);
});

test("a window that is over already is no move, whatever it was before", () => {
  const world = shown("2026-03-05T09:01Z", { m: PLAN });
  const running = `${PLAN}\n  - { at: 2026-03-10T10:00Z, status: in_progress, body: We begin. }`;
  world.publish("2026-03-10T10:01Z", { m: running });
  expect(
    world.publish("2026-03-10T13:00Z", { m: running.replace("end: 2026-03-10T12", "end: 2026-03-10T13") }),
  ).toEqual([]);
});

test("what was told once stays told, and a final report stays final", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  world.publish("2026-03-05T10:05Z", { a: said(FIRST.replace("many", "some")) });
  expect(world.known.map(({ isTold }) => isTold)).toEqual([true]);
  const report = (status: string) =>
    `${said(FIRST, RESOLVED)}\nreport: { status: ${status} }\n===\nWe released a fault.`;
  world.publish("2026-03-06T10:00Z", { a: report("final") });
  world.publish("2026-03-06T10:05Z", { a: report("preliminary") });
  expect(world.known.map((one) => one.report)).toEqual(["final"]);
  world.publish("2026-03-06T10:10Z", { a: said(FIRST, RESOLVED) });
  expect(world.known.map((one) => one.report)).toEqual(["final"]);
});

test("a report's first 400 characters are told, cut between two words; no more and no less", () => {
  const summaryOf = (body: string) => {
    const world = shown("2026-03-05T11:01Z", { a: said(FIRST, RESOLVED) });
    world.publish("2026-03-06T10:00Z", { a: `${said(FIRST, RESOLVED)}\n===\n${body}` });
    return world.told.at(-1)?.summary;
  };
  expect(summaryOf("x".repeat(400))).toBe("x".repeat(400));
  expect(summaryOf("x".repeat(401))).toBe(`${"x".repeat(400)}…`);
  expect(summaryOf(`${"x".repeat(390)} ${"y".repeat(20)}`)).toBe(`${"x".repeat(390)}…`);
});

test("the end of announced maintenance is told days later, when nobody could tell it before, and not after a week", () => {
  const endedAt = (now: string) => {
    const world = shown("2026-03-05T09:01Z", { m: PLAN });
    expect(world.publish("2026-03-10T10:00Z", { m: PLAN })).toEqual(["maintenance_begun m"]);
    return world.publish(now, { m: PLAN });
  };
  expect(endedAt("2026-03-12T12:00Z")).toEqual(["maintenance_ended m"]);
  expect(endedAt("2026-03-18T12:00Z")).toEqual([]);
});

test("maintenance whose zone is put right together with the past is not moved: only what is said with it is told", () => {
  const past =
    "components: [api]\nupdates:\n  - { at: 2026-02-01T10:00Z, status: resolved, body: Search is fast again. }";
  const world = shown("2026-03-05T09:01Z", { past, m: PLAN });
  const right = (text: string) =>
    text.replaceAll(/T(\d\d):/g, (_, hour) => `T${String(Number(hour) - 1).padStart(2, "0")}:`);
  const said = "\n  - { at: 2026-03-05T09:30Z, status: update, body: The times were those of another zone. }";
  expect(world.publish("2026-03-05T09:31Z", { past: right(past), m: right(PLAN) + said })).toEqual([
    "maintenance_updated m 1",
  ]);
});

test("an update of the same words is the same whatever its time and status are by now, for certain", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  const same = FIRST.replace("10:00Z investigating", "10:05Z identified");
  const fresh = "2026-03-05T10:20Z update Sign-in fails for most customers in Europe by now.";
  expect(world.publish("2026-03-05T10:21Z", { a: said(same, fresh) })).toEqual(["incident_updated a 1"]);
  expect(world.told.at(-1)?.updates.map(({ body }) => body)).toEqual([
    "Sign-in fails for most customers in Europe by now.",
  ]);
  expect(world.unclear).toEqual([]);
});
