import { expect, test } from "vitest";
import { readDay, readInstant, readWhen } from "#lib/content/parse/when.ts";
import { earliest, latest } from "#lib/model/time.ts";

const ZONE = "Europe/Copenhagen";

function read(text: string, zone = ZONE) {
  const result = readWhen(text, zone);
  return "value" in result ? result.value : result.fault.message;
}

test.each([
  ["2017-08-23T11:05:14+02:00", "2017-08-23T09:05:14.000Z", 120, "second"],
  ["2017-08-23T11:05+02:00", "2017-08-23T09:05:00.000Z", 120, "minute"],
  ["2017-08-23T11:05:14.5+02:00", "2017-08-23T09:05:14.500Z", 120, "millisecond"],
  ["2017-08-23T11:05:14.123456789Z", "2017-08-23T11:05:14.123Z", 0, "millisecond"],
  ["2017-08-23t11:05z", "2017-08-23T11:05:00.000Z", 0, "minute"],
  ["2017-08-23 11:05+0530", "2017-08-23T05:35:00.000Z", 330, "minute"],
  ["2017-08-23T11:05-03:30", "2017-08-23T14:35:00.000Z", -210, "minute"],
  ["2017-08-23T11:05-00:00", "2017-08-23T11:05:00.000Z", 0, "minute"],
  ["2017-08-23T11:05+14:00", "2017-08-22T21:05:00.000Z", 840, "minute"],
  ["2017-08-23T11:05", "2017-08-23T09:05:00.000Z", 120, "minute"],
  ["2017-01-23 11:05:09", "2017-01-23T10:05:09.000Z", 60, "second"],
])("%s is an instant with its offset and precision", (text, iso, offset, precision) => {
  expect(read(text)).toEqual({ kind: "instant", at: Date.parse(iso), offset, precision, approximate: false });
});

test("a date stays a date, from midnight to midnight of the zone", () => {
  expect(read("2026-03-29")).toEqual({
    kind: "day",
    on: "2026-03-29",
    startsAt: Date.parse("2026-03-28T23:00:00Z"),
    endsAt: Date.parse("2026-03-29T22:00:00Z"),
    approximate: false,
  });
});

test("a leap day is one in leap years alone", () => {
  expect(read("2024-02-29")).toMatchObject({ kind: "day", on: "2024-02-29" });
  expect(read("2000-02-29")).toMatchObject({ kind: "day" });
  expect(read("2100-02-29")).toBe("The calendar has no 2100-02-29.");
});

test("a day may begin later than midnight where the clock skips it", () => {
  const day = readDay("2018-11-04", "America/Sao_Paulo");
  expect("value" in day && new Date(day.value.startsAt).toISOString()).toBe("2018-11-04T03:00:00.000Z");
});

test("a tilde marks an instant, a date or a whole span as approximate", () => {
  expect(read("~2017-08-23T11:05Z")).toMatchObject({ kind: "instant", approximate: true });
  expect(read("~ 2017-08-23")).toMatchObject({ kind: "day", approximate: true });
  expect(read("~2017-08-23/2017-08-24")).toMatchObject({
    kind: "span",
    approximate: true,
    from: { approximate: true },
    to: { approximate: true },
  });
});

test("a span runs from the earliest it can mean to the latest", () => {
  const span = readWhen("2019-09-02T10:00Z / 2019-09-03", "UTC");
  if (!("value" in span)) throw new Error(span.fault.message);
  expect(new Date(earliest(span.value)).toISOString()).toBe("2019-09-02T10:00:00.000Z");
  expect(new Date(latest(span.value)).toISOString()).toBe("2019-09-03T23:59:59.999Z");
});

test("a span may begin at a clock time of the date on which it ends", () => {
  expect(read("2019-09-03T10:00+02:00/2019-09-03")).toMatchObject({ kind: "span" });
  expect(read("2019-09-03/2019-09-03")).toMatchObject({ kind: "span" });
});

test.each([
  ["2019-09-03/2019-09-02", "The span “2019-09-03/2019-09-02” ends before it begins."],
  ["2019-09-03T10:00Z/2019-09-03T09:59Z", "The span “2019-09-03T10:00Z/2019-09-03T09:59Z” ends before it begins."],
  ["2019-09-02/2019-09-03/2019-09-04", "“2019-09-03/2019-09-04” is not a time."],
  ["2019-09-02/", "“” is not a time."],
  ["~2019-09-02/~2019-09-03", "“~2019-09-03” is not a time."],
  ["2025-09-31", "The calendar has no 2025-09-31."],
  ["2025-13-01", "The calendar has no 2025-13-01."],
  ["2025-00-10", "The calendar has no 2025-00-10."],
  ["2025-04-31T10:00Z", "The calendar has no 2025-04-31."],
  ["2025-04-30T24:00Z", "The clock never shows 24:00:00."],
  ["2025-04-30T10:60Z", "The clock never shows 10:60:00."],
  ["2016-12-31T23:59:60Z", "The clock never shows 23:59:60."],
  ["2025-04-30T10:00+19:00", "“+19:00” is not an offset from UTC."],
  ["2025-04-30T10:00+14:01", "“+14:01” is not an offset from UTC."],
  ["2025-04-30T10:00+2:00", "“+2:00” is not an offset from UTC."],
  ["2025-04-30T10:00+02", "“+02” is not an offset from UTC."],
  ["2025-04-30T10:00+02:60", "“+02:60” is not an offset from UTC."],
  ["2025-04-30T10:00 CET", "“2025-04-30T10:00 CET” is not a time."],
  ["2025-04-30T8:00", "“2025-04-30T8:00” is not a time."],
  ["2025-04-30T015:00:00+02:00", "“2025-04-30T015:00:00+02:00” is not a time."],
  ["30.04.2025", "“30.04.2025” is not a time."],
  ["1714471200", "“1714471200” is not a time."],
  ["1969-12-31", "The year 1969 cannot be meant."],
  ["0206-01-01T00:00Z", "The year 0206 cannot be meant."],
  ["9999-12-31", "The year 9999 cannot be meant."],
  ["", "“” is not a time."],
  ["2026-03-29T02:30", "In Europe/Copenhagen the clock was put forward over 2026-03-29T02:30."],
  ["2026-10-25T02:30", "In Europe/Copenhagen the clock showed 2026-10-25T02:30 twice."],
])("%s is refused", (text, message) => {
  expect(read(text)).toBe(message);
});

test("an offset makes the skipped and the repeated hour clear", () => {
  expect(read("2026-03-29T02:30+01:00")).toMatchObject({ at: Date.parse("2026-03-29T01:30:00Z") });
  expect(read("2026-10-25T02:30+02:00")).toMatchObject({ at: Date.parse("2026-10-25T00:30:00Z") });
  expect(read("2026-10-25T02:30+01:00")).toMatchObject({ at: Date.parse("2026-10-25T01:30:00Z") });
});

test("the hours beside the change of clocks need none", () => {
  expect(read("2026-03-29T03:00")).toMatchObject({ at: Date.parse("2026-03-29T01:00:00Z"), offset: 120 });
  expect(read("2026-03-29T01:59")).toMatchObject({ at: Date.parse("2026-03-29T00:59:00Z"), offset: 60 });
  expect(read("2026-10-25T03:00")).toMatchObject({ at: Date.parse("2026-10-25T02:00:00Z"), offset: 60 });
  expect(read("2026-10-25T01:59")).toMatchObject({ at: Date.parse("2026-10-24T23:59:00Z"), offset: 120 });
});

test("a window needs clock times, and a due date none", () => {
  expect(readInstant("2026-04-01", "UTC")).toMatchObject({ fault: { message: "“2026-04-01” has no time of day." } });
  expect(readInstant("2026-04-01/2026-04-02", "UTC")).toHaveProperty("fault");
  expect(readDay("2026-04-01T10:00Z", "UTC")).toMatchObject({
    fault: { message: "“2026-04-01T10:00Z” is not a date alone." },
  });
});

test("a message repeats a long text only as far as it helps", () => {
  const message = read(`2026-${"9".repeat(900_000)}`);
  expect(message).toMatch(/^“2026-9{55}…” is not a time\.$/);
});
