import { expect, test } from "vitest";
import { parseSite } from "#lib/content/parse/site.ts";

function site(text: string) {
  const { value, problems } = parseSite("site.yaml", new TextEncoder().encode(text));
  return value === undefined ? { problems } : { value, problems };
}

/** The problems of a site with a name, an address and some more keys. */
function told(keys: string): string[] {
  return site(`name: A\nurl: https://status.example.com\n${keys}\n`).problems.map(
    ({ place, rule, message }) => `${place.line}:${place.column} ${rule} ${message}`,
  );
}

test("a name and an address are enough, and the rest has sensible defaults", () => {
  expect(site("name: Example\nurl: https://status.example.com/\n")).toEqual({
    problems: [],
    value: {
      name: "Example",
      url: "https://status.example.com",
      description: "",
      timezone: "UTC",
      locale: "en",
      support: {},
      components: [],
      reports: {},
    },
  });
});

test("every key is read", () => {
  const { value, problems } = site(`name: Example Cloud
url: https://example.com/status//
description: State of things
timezone: Europe/Copenhagen
locale: pt-BR
support: { email: support@example.com, url: https://example.com/help, phone: +45 00 00 00 00 }
components:
  - { id: api, name: API, group: Platform, description: Public REST API, since: 2016-01-01 }
  - { id: tv-routing, name: TV routing }
reports: { preliminary_within: 72h, final_within: 2w }
`);
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    url: "https://example.com/status",
    timezone: "Europe/Copenhagen",
    locale: "pt-BR",
    support: { email: "support@example.com", url: "https://example.com/help", phone: "+45 00 00 00 00" },
    reports: { preliminaryWithinMs: 72 * 3_600_000, finalWithinMs: 14 * 86_400_000 },
  });
  // A date begins when it begins in the site's own zone.
  expect(value?.components[0]?.since).toMatchObject({ on: "2016-01-01", startsAt: Date.parse("2015-12-31T23:00:00Z") });
  expect(value?.components[1]).toEqual({ id: "tv-routing", name: "TV routing" });
});

test.each([
  ["timezone: Europe/Kopenhagen", "3:11 wrong-value “timezone” is not a time zone: “Europe/Kopenhagen”."],
  ["locale: english please", "3:9 wrong-value “locale” is not a language tag: “english please”."],
  ["support: { email: support }", "3:19 wrong-value “support.email” is not an e-mail address: “support”."],
  [
    "support: { url: javascript:alert(1) }",
    "3:17 wrong-value “support.url” is not a web address: “javascript:alert(1)”.",
  ],
  ["support: { fax: 1 }", "3:12 unknown-key “fax” is not a key of “support”."],
  ["reports: { final_within: 14 }", "3:26 wrong-value “reports.final_within” is not a length of time: “14”."],
  ["reports: { final_within: 0d }", "3:26 wrong-value “reports.final_within” is not a length of time: “0d”."],
  ["components: [{ id: API, name: A }]", "3:20 wrong-value “id” of component 1 is not an id: “API”."],
  ["components: [{ name: A }]", "3:14 missing-key Component 1 has no “id”."],
  ["components: [{ id: a }]", "3:14 missing-key Component 1 has no “name”."],
  ["components: [{ id: a, name: A, since: 2025-09-31 }]", "3:39 bad-time The calendar has no 2025-09-31."],
  ["components: [{ id: a, name: A, since: 1816-01-01 }]", "3:39 bad-time The year 1816 cannot be meant."],
  ["components: { a: A }", "3:13 wrong-type “components” is a mapping, not a list."],
  ["component: []", "3:1 unknown-key “component” is not a key of the file."],
  [
    "components:\n  - { id: a, name: A }\n  - { id: b, name: B }\n  - { id: a, name: C }",
    "6:11 duplicate-component Two components have the id “a”.",
  ],
])("%j is a clear error", (keys, message) => {
  expect(told(keys)).toEqual([message]);
  expect(site(`name: A\nurl: https://status.example.com\n${keys}\n`)).not.toHaveProperty("value");
});

test.each([
  ["", "The file is empty, not a mapping."],
  ["name: A", "The file has no “url”."],
  ["name: A\nurl: status.example.com", "“url” is not a web address: “status.example.com”."],
  ["name: A\nurl: ftp://status.example.com", "“url” is not a web address: “ftp://status.example.com”."],
  ["name: [A]\nurl: https://status.example.com", "“name” is a list, not a text."],
  ["name: A: B\nurl: https://status.example.com", "A second colon makes this line ambiguous."],
])("%j is no site", (text, message) => {
  const { value, problems } = site(text);
  expect(value).toBeUndefined();
  expect(problems.map((problem) => problem.message)).toEqual([message]);
});

test("bytes that are no text are refused with their place", () => {
  const { problems } = parseSite("site.yaml", Buffer.from("name: A\nurl: \xff", "latin1"));
  expect(problems).toMatchObject([{ rule: "not-utf8", place: { file: "site.yaml", line: 2, column: 6 } }]);
});
