import { expect, test } from "vitest";
import { check } from "#lib/content/check/check.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { parseSite } from "#lib/content/parse/site.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const site = (more: string) => parseSite("site.yaml", bytes(`name: A\nurl: https://a.example\n${more}\n`));

/** What a site with these levels says of an update before the start, and whether the file is taken. */
function judged(more: string): [isTaken: boolean, ...problems: string[]] {
  const { value: config } = site(more);
  if (!config) throw new Error("The site does not parse");
  const text =
    "---\ntitle: A\nimpact: minor\nstarted: 2026-03-02\nupdates:\n  - { at: 2026-03-01, status: identified, body: It fails. }\n  - { at: 2026-03-03, status: resolved, body: It works again. }\n---\n";
  const parsed = [parseEntry("a.md", bytes(text), "UTC")];
  const { entries, problems } = check({ config, parsed, paths: new Set(["a.md"]), now: Date.parse("2026-11-22") });
  return [entries.length > 0, ...problems.map(({ rule, severity }) => `${rule} ${severity}`)];
}

test.each([
  ["", [true, "update-before-start warning"]],
  ["checks: { update-before-start: off }", [true]],
  ["checks: { update-before-start: error }", [false, "update-before-start error"]],
  ["checks: { image-alt: error }", [true, "update-before-start warning"]],
  ["checks: { slug: error }", [true, "update-before-start warning"]],
])("with %j", (more, result) => {
  expect(judged(more)).toEqual(result);
});

test.each([
  ["checks: { image-alts: off }", "3:11 “image-alts” is not a key of “checks”.", "Did you mean “image-alt”? "],
  ["checks: { image-alt: of }", "3:22 “checks.image-alt” is “of”.", "Did you mean “off”? "],
  [
    "checks: { unsafe-html: off }",
    "3:24 “checks.unsafe-html” is always an error.",
    "Remove it: no site can do without",
  ],
  ["checks: { yaml-syntax: warning }", "3:24 “checks.yaml-syntax” is always an error.", "Remove it: no site can do"],
])("%s is refused", (more, message, remedy) => {
  const { value, problems } = site(more);
  expect(value).toBeUndefined();
  expect(problems.map(({ place, message }) => `${place.line}:${place.column} ${message}`)).toEqual([message]);
  expect(problems[0]?.remedy.startsWith(remedy)).toBe(true);
});
