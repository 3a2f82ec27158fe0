import { describe, expect, it } from "vitest";
import { localToInstant } from "#lib/calendar/wall-clock.ts";
import { durationInWords, timeInWords } from "#lib/calendar/words.ts";
import { dateName, dayAt, dayNumber, offsetAt, startOf } from "#lib/calendar/zone.ts";
import { readWhen } from "#lib/content/parse/when.ts";
import type { When } from "#lib/model/time.ts";

function when(text: string, zone: string): When {
  const read = readWhen(text, zone);
  if ("fault" in read) throw new Error(read.fault.message);
  return read.value;
}

describe("a time near an edge", () => {
  it("is told by its zone in the hour that comes twice", () => {
    const manner = { timezone: "Europe/Copenhagen", locale: "en-GB" };
    expect(timeInWords(when("2026-10-25T02:30+02:00", "UTC"), manner, "clock")).toBe("02:30 CEST");
    expect(timeInWords(when("2026-10-25T02:30+01:00", "UTC"), manner, "clock")).toBe("02:30 CET");
    expect(timeInWords(when("2026-11-22T00:05+01:00", "UTC"), manner, "clock")).toBe("00:05 CET");
  });

  it.each([
    ["2026-03-01T18:00+05:30", "Asia/Kolkata", "de", "1. März 2026 um 18:00 UTC+05:30"],
    ["2026-03-01T08:00-05:00", "America/New_York", "en-US", "March 1, 2026 at 08:00 EST"],
    ["2026-03-01T08:00-05:00", "America/New_York", "en-GB", "1 March 2026 at 08:00 EST"],
  ])("%s in %s and “%s” is “%s”", (text, timezone, locale, words) => {
    expect(timeInWords(when(text, timezone), { timezone, locale })).toBe(words);
  });

  it("that begins as an instant and ends as a date keeps each as it was written", () => {
    const span = when("2019-09-02T10:00+02:00/2019-09-03", "Europe/Copenhagen");
    expect(timeInWords(span, { timezone: "Europe/Copenhagen", locale: "en-GB" })).toBe(
      "2 September 2019 at 10:00 CEST – 3 September 2019",
    );
  });
});

describe("a short length of time", () => {
  it.each([
    [74_000, "1 min, 14 secs"],
    [3_661_000, "1 hr, 1 min"],
    [3 * 86_400_000 + 7_200_000, "3 days, 2 hrs"],
  ])("of %i ms is “%s”", (ms, words) => {
    expect(durationInWords({ ms, approximate: false }, "en-GB", "short")).toBe(words);
  });
});

describe("a day as a number", () => {
  it("is counted from the beginning of 1970 and named again", () => {
    expect(dayNumber("1970-01-02")).toBe(1);
    expect(dateName(dayNumber("2028-02-29"))).toBe("2028-02-29");
    expect(dateName(dayNumber("2028-02-29") + 1)).toBe("2028-03-01");
  });

  it("begins and ends at the zone's midnight, to the millisecond", () => {
    const midnight = startOf(dayNumber("2026-11-22"), "Pacific/Kiritimati");
    expect(new Date(midnight).toISOString()).toBe("2026-11-21T10:00:00.000Z");
    expect(dateName(dayAt(midnight, "Pacific/Kiritimati"))).toBe("2026-11-22");
    expect(dateName(dayAt(midnight - 1, "Pacific/Kiritimati"))).toBe("2026-11-21");
  });
});

describe("a clock on the wall", () => {
  it("never shows a time the calendar lacks", () => {
    expect(() => localToInstant("2026-02-30T12:00:00", "UTC")).toThrow(RangeError);
    expect(() => localToInstant("2026-02-28T24:01:00", "UTC")).toThrow(RangeError);
  });

  it.each([
    ["America/St_Johns", -210],
    ["Asia/Kathmandu", 345],
  ])("in %s stands %i minutes from UTC", (zone, minutes) => {
    expect(offsetAt(Date.parse("2026-01-01T12:00Z"), zone)).toBe(minutes);
  });
});
