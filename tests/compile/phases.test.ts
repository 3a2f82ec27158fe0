import { expect, test } from "vitest";
import { timeForMachines } from "#lib/calendar/words.ts";
import type { When } from "#lib/model/time.ts";
import { phasesOf } from "#lib/site/compile/phases.ts";
import { siteOf } from "./site-of.ts";

const NOW = "2026-03-10T12:00:00Z";

function phasesIn(front: string) {
  const [incident] = siteOf({ it: front }, NOW).incidents;
  return incident?.phases?.map(({ phase, at, after }) => [phase, timeForMachines(at), after?.ms ?? null]);
}

test("turns are told in the order of time, each from the first harm on", () => {
  const front = `
started: 2026-03-02T10:00Z
detected: 2026-03-02T10:04Z
ended: 2026-03-02T11:00Z
phases: { fault: 2026-03-01T09:00Z, mitigated: 2026-03-02T10:30Z, declared: 2026-03-02T10:06Z }`;
  expect(phasesIn(front)).toEqual([
    ["fault", "2026-03-01T09:00Z", null],
    ["harm", "2026-03-02T10:00Z", null],
    ["detected", "2026-03-02T10:04Z", 240_000],
    ["declared", "2026-03-02T10:06Z", 360_000],
    ["mitigated", "2026-03-02T10:30Z", 1_800_000],
    ["ended", "2026-03-02T11:00Z", 3_600_000],
  ]);
});

test("a file that names none has none, as before", () => {
  expect(phasesIn("started: 2026-03-02T10:00Z\nended: 2026-03-02T11:00Z")).toBeUndefined();
  expect(phasesIn("started: 2026-03-02T10:00Z\nphases: {}")).toBeUndefined();
});

test("customers were told when it was published, unless the file knows better", () => {
  const started: When = { kind: "instant", at: 0, offset: 0, precision: "minute", approximate: false };
  const entry = { phases: { mitigated: { ...started, at: 600_000 } }, seen: { event: 125_000 } };
  const toldIn = (file: object) =>
    phasesOf({ ...entry, ...file } as never, { started }, "UTC").phases?.find(({ phase }) => phase === "told")?.at;
  expect(toldIn({})).toMatchObject({ at: 120_000 });
  expect(toldIn({ seen: undefined })).toBeUndefined();
  expect(toldIn({ phases: { told: { ...started, at: 60_000 } } })).toMatchObject({ at: 60_000 });
});
