import { expect, test } from "vitest";
import { ChannelHealth } from "#lib/delivery/channel-health.ts";
import type { Answer } from "#lib/model/delivery.ts";

const closed: Answer = { outcome: "deferred", detail: "refused", isOurs: true };
const busy: Answer = { outcome: "deferred", detail: "503" };
const fine: Answer = { outcome: "accepted", detail: "" };

function watched() {
  const clock = { now: 0 };
  const health = new ChannelHealth(() => clock.now);
  return { clock, health, failing: () => health.failing().map(({ channel, count }) => `${channel} ${count}`) };
}

test("a channel fails when nothing but our own failures has come for a while, and until it has been calm", () => {
  const { clock, health, failing } = watched();
  health.observe("email", "a", closed);
  clock.now = 14_999;
  expect(failing()).toStrictEqual([]);
  clock.now = 15_000;
  expect(failing()).toStrictEqual(["email 1"]);
  health.observe("email", "b", closed);
  clock.now = 20_000;
  health.observe("email", "b", fine);
  expect(failing()).toStrictEqual(["email 2"]);
  clock.now = 29_000;
  health.observe("email", "a", closed);
  clock.now = 60_000;
  expect(failing()).toStrictEqual(["email 3"]);
  health.observe("email", "a", fine);
  expect(failing()).toStrictEqual([]);
});

test("one success among failures is a channel that works, and a recipient's own failure is none of the channel", () => {
  const { clock, health, failing } = watched();
  health.observe("email", "a", closed);
  health.observe("email", "b", fine);
  for (const to of ["a", "a", "b", "b"]) health.observe("webhook", to, busy);
  health.observe("slack", "a", { outcome: "gone", detail: "" });
  health.observe("slack", "b", { outcome: "unsent", detail: "", isOurs: true });
  clock.now = 99_000;
  expect(failing()).toStrictEqual([]);
  health.observe("webhook", "c", busy);
  expect(failing()).toStrictEqual(["webhook 5"]);
});
