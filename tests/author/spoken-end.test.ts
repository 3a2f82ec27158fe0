import { describe, expect, it } from "vitest";
import { spokenEnd } from "#lib/content/author/spoken-end.ts";
import { readInstant } from "#lib/content/parse/when.ts";

const ZONE = "Europe/Copenhagen";
/** A Sunday, 11:00 in Copenhagen. */
const NOW = Date.parse("2026-11-22T10:00:00Z");

function end(said: string, start: string): string {
  const read = readInstant(start, ZONE);
  if ("fault" in read) throw new Error("not an instant");
  const spoken = spokenEnd(said, read.value, ZONE, NOW);
  return "at" in spoken ? spoken.at : "refused";
}

describe("when something ends", () => {
  it.each([
    ["+2h", "2026-11-24T22:00+01:00", "2026-11-25T00:00+01:00"],
    ["for 2 hours", "2026-11-24T22:00+01:00", "2026-11-25T00:00+01:00"],
    ["90 min", "2026-11-24T22:00+01:00", "2026-11-24T23:30+01:00"],
    ["1h30m", "2026-11-24T22:00+01:00", "2026-11-24T23:30+01:00"],
    ["half an hour", "2026-11-24T22:00+01:00", "2026-11-24T22:30+01:00"],
    // Clocks go forward in this night: two hours are two hours, by another clock time.
    ["+2h", "2027-03-28T01:00+01:00", "2027-03-28T04:00+02:00"],
  ])("counts a length from the start: %s after %s", (said, start, expected) => {
    expect(end(said, start)).toBe(expected);
  });

  it.each([
    ["23:30", "2026-11-24T22:00+01:00", "2026-11-24T23:30+01:00"],
    ["01:00", "2026-11-24T22:00+01:00", "2026-11-25T01:00+01:00"],
    ["23:30", "2026-11-22T22:00+01:00", "2026-11-22T23:30+01:00"],
    // Begun yesterday: today's.
    ["12:30", "2026-11-21T22:00+01:00", "2026-11-22T12:30+01:00"],
    ["saturday 01:00", "2026-12-04T22:00+01:00", "2026-12-05T01:00+01:00"],
  ])("takes the first %s after %s", (said, start, expected) => {
    expect(end(said, start)).toBe(expected);
  });

  it.each([
    ["tomorrow 23:30", "2026-11-23T22:00+01:00", "2026-11-23T23:30+01:00"],
    ["tomorrow 01:00", "2026-11-27T22:00+01:00", "2026-11-23T01:00+01:00"],
    ["in 2 hours", "2026-11-22T12:00+01:00", "2026-11-22T13:00+01:00"],
    ["2026-11-25T01:00+01:00", "2026-11-24T22:00+01:00", "2026-11-25T01:00+01:00"],
    ["2 bananas", "2026-11-24T22:00+01:00", "refused"],
    ["later", "2026-11-24T22:00+01:00", "refused"],
  ])("leaves %s as it is meant, or refuses it (after %s)", (said, start, expected) => {
    expect(end(said, start)).toBe(expected);
  });
});
