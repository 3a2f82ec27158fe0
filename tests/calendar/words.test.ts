import { describe, expect, it } from "vitest";
import {
  ageInWords,
  dateInWords,
  datesInWords,
  durationInWords,
  monthInWords,
  runningInWords,
  timeForMachines,
  timeInWords,
} from "#lib/calendar/words.ts";
import { readWhen } from "#lib/content/parse/when.ts";
import type { When } from "#lib/model/time.ts";

const COPENHAGEN = { timezone: "Europe/Copenhagen", locale: "en-GB" };

function when(text: string): When {
  const read = readWhen(text, COPENHAGEN.timezone);
  if ("fault" in read) throw new Error(read.fault.message);
  return read.value;
}

describe("a time in words", () => {
  it.each([
    ["2017-08-23T11:05:14+02:00", "23 August 2017 at 11:05:14 CEST"],
    ["2026-11-22T07:05", "22 November 2026 at 07:05 CET"],
    ["2026-11-22T07:05Z", "22 November 2026 at 07:05 UTC"],
    ["2026-11-22T07:05:00-03:30", "22 November 2026 at 07:05:00 UTC-03:30"],
    ["~2017-08-23T11:10+02:00", "about 23 August 2017 at 11:10 CEST"],
    ["2019-09-03", "3 September 2019"],
    ["~2019-09-03", "about 3 September 2019"],
    ["2019-09-02/2019-09-03", "2–3 September 2019"],
    ["2019-09-30/2019-10-01", "30 September – 1 October 2019"],
  ])("%s is %s", (written, words) => {
    expect(
      timeInWords(when(written), COPENHAGEN)
        .replace(/[\u2009\u202f\u00a0]/g, " ")
        .replace(/ ?– ?(?=\d+ September)/, "–"),
    ).toBe(words);
  });

  it("is shorter where the page says the rest", () => {
    const instant = when("2017-08-23T11:05:14+02:00");
    expect(timeInWords(instant, COPENHAGEN, "short")).toBe("23 Aug 2017, 11:05");
    expect(timeInWords(instant, COPENHAGEN, "clock")).toBe("11:05:14 CEST");
  });

  it("is told in the site's language", () => {
    expect(timeInWords(when("2017-08-23T11:05+02:00"), { ...COPENHAGEN, locale: "da" })).toContain("august");
  });

  it.each([
    ["2017-08-23T11:05:14+02:00", "2017-08-23T11:05:14+02:00"],
    ["2017-08-23T11:05:14.25Z", "2017-08-23T11:05:14.250Z"],
    ["2026-11-22T07:05", "2026-11-22T07:05+01:00"],
    ["2019-09-03", "2019-09-03"],
    ["2019-09-02/2019-09-03", "2019-09-02"],
  ])("%s is %s for machines", (written, machine) => {
    expect(timeForMachines(when(written))).toBe(machine);
  });
});

describe("an age in words", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  it.each([
    ["2026-11-22T11:59:30Z", "now"],
    ["2026-11-22T11:15:00Z", "45 minutes ago"],
    ["2026-11-22T01:00:00Z", "11 hours ago"],
    ["2026-11-21T11:00:00Z", "yesterday"],
    ["2026-06-20T12:00:00Z", "5 months ago"],
    ["2017-08-23T11:05:14+02:00", "9 years ago"],
    ["2026-11-25T12:00:00Z", "in 3 days"],
    ["2026-11-22", "today"],
    ["2026-11-19", "3 days ago"],
  ])("%s was %s", (written, words) => {
    expect(ageInWords(when(written), now, "en-GB")).toBe(words);
  });
});

describe("a length of time in words", () => {
  const long = (ms: number, approximate = false) => durationInWords({ ms, approximate }, "en-GB");
  it.each([
    [0, "0 seconds"],
    [999, "0 seconds"],
    [5_000, "5 seconds"],
    [74_000, "1 minute, 14 seconds"],
    [3_600_000, "1 hour"],
    [3_605_000, "1 hour"],
    [93_600_000, "1 day, 2 hours"],
    [90 * 86_400_000, "90 days"],
  ])("%i ms are %s", (ms, words) => {
    expect(long(ms)).toBe(words);
  });

  it("says where it is not exact", () => {
    expect(long(7_080_000, true)).toBe("about 1 hour, 58 minutes");
    expect(durationInWords({ ms: 1, approximate: true, days: 2 }, "en-GB")).toBe("up to 2 days");
  });

  it("leaves the seconds out of what still lasts", () => {
    expect(runningInWords({ ms: 2_815_000, approximate: false }, "en-GB")).toBe("46 minutes");
    expect(runningInWords({ ms: 15_000, approximate: false }, "en-GB")).toBe("15 seconds");
  });
});

describe("dates in words", () => {
  it("are dates of the calendar, whatever the machine's zone", () => {
    expect(dateInWords("2026-11-01", "en-GB")).toBe("1 November 2026");
    expect(dateInWords("2026-11-01", "en-GB", "weekday")).toBe("Sunday 1 November");
    expect(datesInWords("2026-11-18", "2026-11-22", "en-GB")).toMatch(/^18\s–\s22 November$/u);
    expect(monthInWords("2026-11", "en-GB")).toBe("November 2026");
    expect(monthInWords("2026-11", "en-GB", "short")).toBe("Nov");
  });
});
