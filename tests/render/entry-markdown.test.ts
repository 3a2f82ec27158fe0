import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";
import type { Entry } from "#lib/model/incident.ts";
import { entryMarkdown } from "#lib/site/views/entry-markdown.ts";
import { EVERY_KIND } from "../api/every-kind.ts";

const ZONE = "Europe/Copenhagen";

function read(file: string, text: string): Entry {
  const { entry, problems } = parseEntry(file, Buffer.from(text), ZONE);
  if (!entry) throw new Error(JSON.stringify(problems));
  return entry;
}

const DEMO = readdirSync("incidents", { recursive: true, encoding: "utf8" })
  .filter((path) => /^[^_]*\.md$/.test(path))
  .map((path): [string, string] => [path, readFileSync(`incidents/${path}`, "utf8")]);

const HARD = `---
title: "~ 'quotes', # hashes: colons - [and] {more} \u{1F525}"
impact: none
components: [api, web]
started: ~2019-09-02/2019-09-03
detected: ~2019-09-03T10:00+05:30
ended: 2019-09-03T12:00:00.120Z
updates:
  - { at: "2019-09-03T11:00:01", status: resolved, body: " \\n  leading\\n\\n---\\n\\nand trailing  \\n", components: { api: operational } }
report: { status: preliminary, due: 2019-09-10 }
actions: [{ title: "yes", owner: "null", done: 2019-09-05, url: https://example.com/a?b=c#d }]
tags: ["1.0", "true"]
redirects: [/old, /incidents/aaaabbbbcccc]
---

Text with \`---\` and

---

a rule.
`;

test.each([...DEMO, ...Object.entries(EVERY_KIND), ["hard.md", HARD] as const])(
  "%s says the same when it is read again",
  (file, text) => {
    const entry = read(file, text);
    const published = entryMarkdown(entry);
    expect(read(file, published)).toEqual({ ...entry, draft: false });
    expect(entryMarkdown(read(file, published))).toBe(published);
  },
);

test("notes among authors, which no page shows, are not in it either", () => {
  const note = "<!-- who: ask the team -->";
  const text = `---\ntitle: a\nupdates:\n  - { at: "2019-09-03T11:00", status: resolved, body: "Visible. ${note} More." }\n---\nText. ${note}\n`;
  const published = entryMarkdown(read("a.md", text));
  expect(published).not.toContain("ask the team");
  expect(published).toContain("Visible.");
  expect(published).toContain("Text.");
});
