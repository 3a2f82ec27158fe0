import { slugOf } from "#lib/content/parse/entry.ts";
import { nearest } from "#lib/content/parse/suggestion.ts";
import type { Rule } from "../rule.ts";

export const lostAddress: Rule = {
  id: "lost-address",
  severity: "warning",
  summary: "Every address that was published goes on working.",
  why: "An incident's address is in mails, tickets and search engines, and a file's name is its address. Whoever renames a file declares the former address in it; then old links lead there for ever. `check` and `publish` compare with what was published last.",
  *note({ entry }) {
    for (const path of entry.redirects) yield slugIn(path);
  },
  *compare(claimed: readonly string[], { paths, published = [] }) {
    const slugs = [...paths].filter((path) => path.endsWith(".md")).map((path) => [slugOf(path), path] as const);
    const kept = new Set([...slugs.map(([slug]) => slug.toLowerCase()), ...claimed]);
    const lost = published.filter((slug) => !kept.has(slug.toLowerCase()));
    if (lost.length === 0) return;
    const known = new Set(published);
    const added = new Map(slugs.filter(([slug]) => !known.has(slug)));
    for (const slug of lost) {
      const renamed = added.get(nearest(slug, [...added.keys()]) ?? "");
      const where = renamed === undefined ? "the file that took its place" : `${renamed}, if that is its new name`;
      yield {
        place: { file: renamed ?? "site.yaml", line: 1, column: 1 },
        message: `Readers know the address /incidents/${slug}, which no file has any more.`,
        remedy: `Write “redirects: [/incidents/${slug}]” into ${where}.`,
      };
    }
  },
  examples: {
    good: [
      {
        files: {
          "2026/2026-03-02-slow-api.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
redirects: [/incidents/2026-03-02-api-slow]
---
`,
        },
        published: ["2026-03-02-api-slow"],
      },
    ],
    bad: [
      [
        {
          files: {
            "2026/2026-03-02-api-is-slow.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
          },
          published: ["2026-03-02-api-slow"],
        },
        "2026/2026-03-02-api-is-slow.md:1:1 Readers know the address /incidents/2026-03-02-api-slow, which no file has any more.",
      ],
    ],
  },
};

/** The slug of a former address among the incidents; of another address nothing that a slug can be. */
function slugIn(path: string): string {
  return path
    .replace(/^\/incidents\//, "")
    .replace(/\/$/, "")
    .toLowerCase();
}
