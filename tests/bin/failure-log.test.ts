import { beforeEach, expect, test, vi } from "vitest";
import { FailureLog } from "../../bin/failure-log.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function logged() {
  const lines: string[] = [];
  return { lines, log: new FailureLog((line) => lines.push(line)) };
}

const MINUTE = 60_000;

test("a failure that comes every second is written once with its stack, then counted once a minute", () => {
  const { lines, log } = logged();
  for (let second = 0; second < 130; second += 1) {
    log.note("Delivery", new Error("connect ECONNREFUSED"));
    vi.advanceTimersByTime(1_000);
  }
  expect(lines[0]).toMatch(/^Delivery: Error: connect ECONNREFUSED\n +at /);
  expect(lines.slice(1)).toEqual([
    "Delivery: connect ECONNREFUSED (59 times more within a minute)\n",
    "Delivery: connect ECONNREFUSED (60 times more within a minute)\n",
  ]);
});

test("after a quiet minute it is new again", () => {
  const { lines, log } = logged();
  log.note("/", new Error("away"));
  vi.advanceTimersByTime(MINUTE);
  log.note("/", new Error("away"));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(" at ");
});

test("two failures are two, and what is no error is written as it is", () => {
  const { lines, log } = logged();
  log.note("/", new Error("away"));
  log.note("/history", "odd");
  log.note("/history", "odd");
  vi.advanceTimersByTime(MINUTE);
  expect(lines.slice(1)).toEqual(["/history: odd\n", "/history: odd (once more within a minute)\n"]);
});

test("where else the same fails is said once, of a few places", () => {
  const { lines, log } = logged();
  for (let page = 0; page < 50; page += 1) log.note(`/${page}`, new Error("away"));
  log.note("/1", new Error("away"));
  expect(lines.slice(1)).toEqual(Array.from({ length: 19 }, (_, index) => `/${index + 1}: away\n`));
  vi.advanceTimersByTime(MINUTE);
  expect(lines.at(-1)).toBe("/0: away (31 times more within a minute)\n");
});
