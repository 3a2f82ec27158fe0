import { describe, expect, it } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { spots } from "#lib/web/preview/spots.ts";

const CONFIG = {
  name: "A",
  url: "https://a.example",
  description: "",
  timezone: "UTC",
  locale: "en",
  support: {},
  components: [],
  reports: {},
};

const TEXT = `---
title: A
updates:
  # newest first
  - at: 2026-11-20T11:00Z
    status: resolved
    body: |
      Two

      lines
  - at: 2026-11-20T10:00Z
    status: investigating
    body: One
tags: [a]
---
First

[ref]: https://a.example

- second
- list

Third
`;

/** Where each line of a file belongs on the page of a form of it that could be drawn. */
function placed(text: string, drawn = TEXT): string[] {
  const { entry } = parseEntry("a.md", Buffer.from(drawn), "UTC");
  if (!entry) throw new Error("The form to be drawn has errors");
  const event = compile({ config: CONFIG, entries: [entry], images: [] }, Date.parse("2026-11-22")).incidents[0];
  const spotOf = spots(Buffer.from(text), { file: "a.md", entry, event });
  return text.split("\n").map((_, index) => {
    const place = { file: "a.md", line: index + 1, column: 1 };
    const spot = spotOf({ rule: "", severity: "error", place, message: "", remedy: "" });
    return spot.at === "update" ? spot.id : spot.at === "report" ? `block ${spot.block}` : "top";
  });
}

const LATE = "u20261120T110000Z";
const EARLY = "u20261120T100000Z";

describe("where a problem belongs on a page", () => {
  it("is the update or the block on whose lines it stands, and the top for the rest of the front matter", () => {
    expect(placed(TEXT)).toEqual([
      ...["top", "top", "top", "top"],
      ...[LATE, LATE, LATE, LATE, LATE, LATE],
      ...[EARLY, EARLY, EARLY],
      ...["top", "top"],
      ...["block 0", "block 0", "block 0", "block 0"],
      ...["block 1", "block 1", "block 1"],
      ...["block 2", "block 2"],
    ]);
  });

  it("is still found where the file is no longer YAML, by what was drawn of it before", () => {
    const broken = placed(TEXT.replace("body: One", "body: One: two: three"));
    expect(broken.slice(4, 13)).toEqual([LATE, LATE, LATE, LATE, LATE, LATE, EARLY, EARLY, EARLY]);
  });

  it("is the top where there is no front matter or no update", () => {
    expect(new Set(placed("no front matter\n"))).toEqual(new Set(["top"]));
    expect(new Set(placed("---\ntitle: A\nupdates:\n---\n").slice(0, 4))).toEqual(new Set(["top"]));
    expect(placed("")).toEqual(["top"]);
  });
});
