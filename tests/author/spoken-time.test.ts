import { describe, expect, it } from "vitest";
import { spokenTime } from "#lib/author/spoken-time.ts";

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

  it.each(["soon", "", "10 minutes ago or so", "2026-09-31", "25:00"])(
    "refuses “%s” and says how to say it",
    (said) => {
      expect(say(said)).toMatchObject({
        fault: { remedy: expect.stringContaining("2026-11-22T10:05+01:00") as string },
      });
    },
  );
});
