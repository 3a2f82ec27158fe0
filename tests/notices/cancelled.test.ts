import { expect, test } from "vitest";
import { World } from "./world.ts";

const PLAN = `scheduled: { start: 2026-03-07T22:00Z, end: 2026-03-07T23:30Z }
components: [api]
updates:
  - { at: 2026-03-05T09:00Z, status: scheduled, body: We replace a disk. }`;

test("maintenance that is completed before it begins is cancelled", () => {
  const world = new World();
  world.publish("2026-03-05T09:01Z", { m: PLAN });
  const off = `${PLAN}\n  - { at: 2026-03-06T09:00Z, status: completed, body: It is not needed. }`;
  expect(world.publish("2026-03-06T09:01Z", { m: off })).toEqual(["maintenance_cancelled m 1"]);
  const said = off.replace("completed", "cancelled");
  expect(world.publish("2026-03-06T09:02Z", { m: said })).toEqual([]);
});

test("maintenance that is broken off is cancelled, and planned again it is news", () => {
  const world = new World();
  world.publish("2026-03-05T09:01Z", { m: PLAN });
  const begun = `${PLAN}\n  - { at: 2026-03-07T22:00Z, status: in_progress, body: It has begun. }`;
  world.publish("2026-03-07T22:01Z", { m: begun });
  const off = `${begun}\n  - { at: 2026-03-07T22:10Z, status: cancelled, body: We put all back. }`;
  expect(world.publish("2026-03-07T22:11Z", { m: off })).toEqual(["maintenance_cancelled m 1"]);
  expect(world.publish("2026-03-07T23:59Z", { m: off })).toEqual([]);
});
