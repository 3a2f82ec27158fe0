import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redline } from "#lib/site/views/redline.ts";

/** A redline as one line a block: + added, - removed, ~ changed with its words, = the same. */
function shown(before: string, after: string): string[] {
  return redline(before, after).blocks.map(({ kind, is, runs }) => {
    const mark = { same: "=", added: "+", removed: "-", changed: "~" }[is];
    const words = runs.map((run) => (run.is === "same" ? run.text : `[${run.is === "added" ? "+" : "-"}${run.text}]`));
    return `${mark} ${kind} ${is === "changed" ? words.join("") : runs.map(({ text }) => text).join("")}`;
  });
}

describe("what changed between two versions of a report", () => {
  it("is told word by word in a paragraph that stayed, and whole for those that came or went", () => {
    const before = "## Cause\n\nWe think that a cache was full.\n\nWe are still looking.\n";
    const after = "## Cause\n\nA cache was full.\n\n## Next steps\n\n- Watch the cache.\n";
    expect(shown(before, after)).toEqual([
      "= heading Cause",
      "~ paragraph [-We think that a ][+A ]cache was full.",
      "- paragraph We are still looking.",
      "+ heading Next steps",
      "+ item Watch the cache.",
    ]);
    expect(redline(before, after)).toMatchObject({ added: 2, removed: 1, changed: 1 });
  });

  it("takes lists item by item, tables row by row and code as it stands", () => {
    const before = "- one thing\n- two things\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```sh\nls\n```\n";
    const after = "- one thing\n- two other things\n\n| a | b |\n| - | - |\n| 1 | 3 |\n\n```sh\nls -l\n```\n";
    expect(shown(before, after)).toEqual([
      "= item one thing",
      "~ item two [+other ]things",
      "= row a | b",
      "~ row 1 | [-2][+3]",
      "~ code ls[+ -l]",
    ]);
  });

  it("says so when a text reads the same but leads elsewhere", () => {
    expect(shown("See [the page](https://a.example/1).", "See [the page](https://a.example/2).")).toEqual([
      "~ paragraph See [the page](https://a.example/[-1][+2]).",
    ]);
  });

  it("finds nothing where only the lines are broken otherwise", () => {
    expect(redline("One two\nthree.\n", "One two three.\n\n::timeline\n")).toMatchObject({
      added: 0,
      removed: 0,
      changed: 0,
    });
  });

  it("copes with versions that have nothing in common, however long", () => {
    const long = (word: string) => Array.from({ length: 4_000 }, (_, index) => `${word}${index}`).join("\n\n");
    expect(redline(long("a"), long("b"))).toMatchObject({ added: 4_000, removed: 4_000, changed: 0 });
    const words = (word: string) =>
      `same ${Array.from({ length: 9_000 }, (_, index) => `${word}${index % 3}`).join(" ")}`;
    expect(redline(words("a"), words("b")).blocks.length).toBeGreaterThan(0);
  });

  it("holds both versions whole: without what was added it is the one, without what was removed the other", () => {
    const paragraph = fc
      .array(fc.constantFrom("api", "cache", "was", "full", "slow", "the", "team", "a"), {
        minLength: 1,
        maxLength: 12,
      })
      .map((words) => words.join(" "));
    const text = fc.array(paragraph, { maxLength: 8 }).map((paragraphs) => paragraphs.join("\n\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const without = (gone: "added" | "removed") =>
          redline(before, after)
            .blocks.filter(({ is }) => is !== gone)
            .map(({ runs }) => runs.filter(({ is }) => is !== gone).map(({ text }) => text))
            .map((parts) => parts.join(""))
            .join("\n\n");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
      { numRuns: 300 },
    );
  });
});
