import { expect, test } from "vitest";
import { between, dayOf, readMoment, roughly } from "#lib/content/import/moment.ts";

test.each([
  ["2020-06-13 15:54:00", "2020-06-13T15:54:00"],
  ["2020-06-13T15:54", "2020-06-13T15:54"],
  ["2020-06-13", "2020-06-13"],
  ["2024-03-19T8:30:00-00:00", "2024-03-19T08:30:00+00:00"],
  ["2024-3-9 8:05:07", "2024-03-09T08:05:07"],
  ["2020-12-13T05:53:02.543Z", "2020-12-13T05:53:02.543Z"],
  ["2021-02-03T16:00:00-05:00", "2021-02-03T16:00:00-05:00"],
  ["2021-04-06 01:04:10-07:00", "2021-04-06T01:04:10-07:00"],
  ["2021-02-03T16:00:00+0:00", "2021-02-03T16:00:00+00:00"],
  ["2021-02-03T16:00:00 +0230", "2021-02-03T16:00:00+02:30"],
  ["2021-04-14 07:30:00 UTC", "2021-04-14T07:30:00Z"],
  ["2021-04-14 7:30 pm", "2021-04-14T19:30"],
  ["2019-01-01 10:00:00 +0000 UTC", "2019-01-01T10:00:00+00:00"],
])("%s is %s, without a word", (written, text) => {
  const { moment, fault } = readMoment(written, "UTC");
  expect(moment?.text).toBe(text);
  expect(fault).toBeUndefined();
});

test.each([
  ["2021-05-03T011:00:00-00:00", "2021-05-03T11:00:00+00:00"],
  ["2023-04-12:11:00:30:00", "2023-04-12T11:00:30"],
  ["2023-07-12Z11:30:00-00:00", "2023-07-12T11:30:00+00:00"],
  ["2021-09-31T10:00:00Z", "2021-09-30/2021-10-01"],
  ["2021-02-30", "2021-02-28/2021-03-02"],
  ["2021-03-10T55:00:00Z", "2021-03-10"],
  ["2021-03-10T24:00:00Z", "2021-03-11T00:00:00Z"],
  ["2021-03-10T10:00:00 CET", "2021-03-10T10:00:00"],
  ["2021-03-10T10:00:00+25:00", "2021-03-10T10:00:00"],
])("%s is taken as %s, and said so", (written, text) => {
  const { moment, fault } = readMoment(written, "UTC");
  expect(moment?.text).toBe(text);
  expect(fault).toBeDefined();
});

test.each(["", "soon", "2021-13-01", "2023-07-94T13:00:00", "21-01-01", "2021-00-10"])(
  "%j is left out, and said so",
  (written) => {
    const { moment, fault } = readMoment(written, "UTC");
    expect(moment).toBeUndefined();
    expect(fault).toBeDefined();
  },
);

test("a time without a zone is the site's", () => {
  expect(readMoment("2021-07-01 12:00", "Europe/Copenhagen").moment?.from).toBe(Date.parse("2021-07-01T10:00:00Z"));
  expect(readMoment("2021-07-01", "Europe/Copenhagen").moment?.to).toBe(Date.parse("2021-07-01T22:00:00Z") - 1);
});

test("a time between two others is the span of both, at its widest", () => {
  const spread = between(dayOf("2021-01-01", "UTC"), dayOf("2021-01-03", "UTC"));
  expect(spread).toMatchObject({
    text: "2021-01-01/2021-01-03",
    from: Date.parse("2021-01-01"),
    to: Date.parse("2021-01-04") - 1,
  });
  expect(between(spread, spread).text).toBe("2021-01-01/2021-01-03");
  expect(between(roughly(dayOf("2021-01-01", "UTC")), dayOf("2021-01-02", "UTC")).text).toBe("2021-01-01/2021-01-02");
});
