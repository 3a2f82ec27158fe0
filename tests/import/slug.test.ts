import { expect, test } from "vitest";
import { slugOf } from "#lib/content/author/slug.ts";
import { Slugs } from "#lib/content/import/slug.ts";

test.each([
  ["2024-10-02-ci.example.org-outage", "2024-10-02-ci-example-org-outage"],
  ["Ärger in Łódź: «Straße»  (copy)", "arger-in-lodz-strasse-copy"],
  ["Ægir & Þór", "aegir-thor"],
  ["障害", "zhanghai"],
  ["？！", ""],
  ["--a--", "a"],
])("%s is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("each name has a slug of its own, none longer than an address may be", () => {
  const slugs = new Slugs();
  expect(["a", "A", "á", "？", "！"].map((name) => slugs.take(name, "incident"))).toEqual([
    "a",
    "a-2",
    "a-3",
    "incident",
    "incident-2",
  ]);
  const long = ["x".repeat(200), "x".repeat(200)].map((name) => slugs.take(name, "incident"));
  expect(long.map((slug) => slug.length)).toEqual([120, 117]);
  expect(long[1]).toMatch(/x-2$/);
});
