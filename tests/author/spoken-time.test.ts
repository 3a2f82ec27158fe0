import { describe, expect, it } from "vitest";
import { spokenTime } from "#lib/content/author/spoken-time.ts";

const NOW = Date.parse("2026-11-22T09:30:40Z");
const say = (text: string, zone = "Europe/Copenhagen") => spokenTime(text, zone, NOW);

describe("times as people say them", () => {
  it.each([
    ["now", "2026-11-22T10:30+01:00"],
    ["10 minutes ago", "2026-11-22T10:20+01:00"],
    ["yesterday 14:05", "2026-11-21T14:05+01:00"],
    ["tomorrow 22:00", "2026-11-23T22:00+01:00"],
    ["08:15", "2026-11-22T08:15+01:00"],
  ])("“%s” is %s in the site's zone", (said, at) => {
    expect(say(said)).toEqual({ at });
  });

  it("is told in the zone it is asked for", () => {
    expect(say("10 minutes ago", "America/New_York")).toEqual({ at: "2026-11-22T04:20-05:00" });
  });

  it.each(["2026-11-22T09:20:11.5-03:30", "~2026-11-22", "2026-11-20/2026-11-21"])("keeps %s to the letter", (said) => {
    expect(say(said)).toEqual({ at: said });
  });

  it.each([
    ["2026-10-24T12:00+02:00", "tomorrow 22:00", "2026-10-25T22:00+01:00"],
    ["2026-10-24T12:00+02:00", "tomorrow 22:00 +02:00", "2026-10-25T21:00+01:00"],
    ["2026-10-25T10:00+01:00", "yesterday 14:05", "2026-10-24T14:05+02:00"],
    ["2026-10-25T10:00+01:00", "01:30", "2026-10-25T01:30+02:00"],
    ["2026-10-25T10:00+01:00", "10 hours ago", "2026-10-25T01:00+02:00"],
    ["2026-10-25T02:05+01:00", "10 minutes ago", "2026-10-25T02:55+02:00"],
    ["2026-10-25T02:55+02:00", "in 1 hour 10 minutes", "2026-10-25T03:05+01:00"],
    ["2027-03-27T12:00+01:00", "tomorrow 14:00", "2027-03-28T14:00+02:00"],
    ["2027-03-28T03:10+02:00", "half an hour ago", "2027-03-28T01:40+01:00"],
  ])("keeps to the clock on the wall when the clocks change: at %s, “%s” is %s", (now, said, at) => {
    expect(spokenTime(said, "Europe/Copenhagen", Date.parse(now))).toEqual({ at });
  });

  it.each([
    ["2026-10-24T12:00+02:00", "tomorrow 02:30", "twice"],
    ["2027-03-27T12:00+01:00", "tomorrow 02:30", "put forward"],
  ])("asks for the offset where the clock leaves it open: at %s, “%s”", (now, said, why) => {
    expect(spokenTime(said, "Europe/Copenhagen", Date.parse(now))).toMatchObject({
      fault: {
        message: expect.stringContaining(why) as string,
        remedy: expect.stringContaining("Add the offset") as string,
      },
    });
  });
});

describe("times that leave something open", () => {
  it.each([
    ["today", "2026-11-22"],
    ["yesterday", "2026-11-21"],
    ["2 days ago", "2026-11-20"],
    ["friday", "2026-11-20"],
    ["nov 12", "2026-11-12"],
  ])("makes up no clock time for “%s”", (said, at) => {
    expect(say(said)).toEqual({ at });
  });

  it.each([
    "22:00 to 23:30",
    "11/12",
    "11/12/2026 10:00",
    "12.11.2026 10:00",
    "this morning",
    "yesterday evening",
    "last month",
    "november",
    "14:05 CET",
    "2 hours after noon",
    "2 hours before tomorrow",
    "an hour from friday",
  ])("refuses “%s”, which leaves open what time is meant", (said) => {
    expect(say(said)).toHaveProperty("fault.remedy");
  });

  it.each([
    ["friday 14:00", "2026-11-20T14:00+01:00", "2026-11-27T14:00+01:00"],
    ["sunday 11:00", "2026-11-22T11:00+01:00", "2026-11-22T11:00+01:00"],
    ["last friday 14:00", "2026-11-20T14:00+01:00", "2026-11-20T14:00+01:00"],
    ["08:15", "2026-11-22T08:15+01:00", "2026-11-23T08:15+01:00"],
    ["08:15 UTC", "2026-11-22T09:15+01:00", "2026-11-23T09:15+01:00"],
    ["nov 12 10:00", "2026-11-12T10:00+01:00", "2027-11-12T10:00+01:00"],
    ["yesterday 14:05", "2026-11-21T14:05+01:00", "2026-11-21T14:05+01:00"],
  ])("“%s” is %s, and %s where the future is meant", (said, nearest, coming) => {
    expect(say(said)).toEqual({ at: nearest });
    expect(spokenTime(said, "Europe/Copenhagen", NOW, "future")).toEqual({ at: coming });
  });

  it.each(["soon", "", "10 minutes ago or so", "2026-09-31", "25:00"])(
    "refuses “%s” and says how to say it",
    (said) => {
      expect(say(said)).toMatchObject({
        fault: { remedy: expect.stringContaining("2026-11-22T10:05+01:00") as string },
      });
    },
  );
});
