import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { isZone, localToInstant } from "#lib/calendar/wall-clock.ts";
import { addDays, dateAt, dateName, dayAfterPeriod, daysBetween, offsetAt, startOfDay } from "#lib/calendar/zone.ts";

const HOUR = 3_600_000;
const zones = fc.constantFrom(
  "UTC",
  "Europe/Copenhagen",
  "America/St_Johns",
  "Pacific/Kiritimati",
  "Asia/Kathmandu",
  "Africa/Cairo",
  "America/Sao_Paulo",
);
const moments = fc.integer({ min: Date.parse("1975-01-01"), max: Date.parse("2060-01-01") });

describe("days of a zone", () => {
  it("have 23 or 25 hours when the clock is put forward or back", () => {
    const length = (on: string) =>
      (startOfDay(addDays(on, 1), "Europe/Copenhagen") - startOfDay(on, "Europe/Copenhagen")) / HOUR;
    expect(["2026-03-28", "2026-03-29", "2026-10-25"].map(length)).toEqual([24, 23, 25]);
  });

  it("begin after midnight where the clock skips it", () => {
    expect(new Date(startOfDay("2018-11-04", "America/Sao_Paulo")).toISOString()).toBe("2018-11-04T03:00:00.000Z");
  });

  it("agree with the calendar at every moment in every zone", () => {
    fc.assert(
      fc.property(zones, moments, (zone, at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        expect(dateAt(at, zone)).toBe(zoned.toPlainDate().toString());
        expect(offsetAt(at, zone)).toBe(Math.round(zoned.offsetNanoseconds / 60e9));
      }),
    );
  });

  it("leave out a date that the zone left out", () => {
    const apia = (on: string) => new Date(startOfDay(on, "Pacific/Apia")).toISOString();
    const before = "2011-12-29T10:00:00.000Z";
    const after = "2011-12-30T10:00:00.000Z";
    expect(["2011-12-29", "2011-12-30", "2011-12-31"].map(apia)).toEqual([before, after, after]);
    expect(dateAt(Date.parse(after) - 1, "Pacific/Apia")).toBe("2011-12-29");
    expect(dateAt(Date.parse(after), "Pacific/Apia")).toBe("2011-12-31");
  });

  it("are numbered through months and years of any length", () => {
    const date = (period: string) => dateName(dayAfterPeriod(period));
    expect(["2024-01", "2024-02", "2023-12", "2024"].map(date)).toEqual([
      "2024-02-01",
      "2024-03-01",
      "2024-01-01",
      "2025-01-01",
    ]);
  });

  it("agree with the calendar for any two dates", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -40_000, max: 40_000 }), (at, days) => {
        const from = Temporal.PlainDate.from(new Date(at).toISOString().slice(0, 10));
        const to = addDays(from.toString(), days);
        expect(to).toBe(from.add({ days }).toString());
        expect(daysBetween(from.toString(), to)).toBe(days);
      }),
    );
  });

  it("are of zones that there are", () => {
    expect(() => offsetAt(0, "Mars/Olympus")).toThrow(RangeError);
  });

  it("are counted by dates alone", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
    expect(daysBetween("2019-09-02", "2019-09-03")).toBe(1);
  });
});

describe("clock times without an offset", () => {
  it("are an instant, or skipped, or shown twice", () => {
    expect(localToInstant("2026-11-22T10:00:00", "Europe/Copenhagen")).toBe(Date.parse("2026-11-22T09:00:00Z"));
    expect(localToInstant("2026-03-29T02:30:00", "Europe/Copenhagen")).toBe("skipped");
    expect(localToInstant("2026-10-25T02:30:00", "Europe/Copenhagen")).toBe("twice");
  });

  it("know a zone from a word", () => {
    expect(["Europe/Copenhagen", "UTC", "Mars/Olympus", ""].map(isZone)).toEqual([true, true, false, false]);
  });
});
