import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { checkTexts } from "#tests/check/check-texts.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Rules that look at the words of an update alone. */
const OF_WORDS = [
  "blame",
  "jargon",
  "shouting",

  "time-without-zone",
  "trivial-update",
  "vague-words",
];

test.each(["README.md", "docs/guides/writing.md", "docs/guides/first-incident.md", "bin/manual.ts"])(
  "%s shows no command whose words check would warn of",
  (file) => {
    const text = readFileSync(resolve(ROOT, file), "utf8").replace(/\\\n\s*/g, "");
    const words = [...text.matchAll(/(?:-m|--message) "([^"]+)"/g)].map(([, said]) => said ?? "");
    expect(words.length).toBeGreaterThan(0);
    const updates = words.map(
      (body) => `  - at: 2026-03-02T10:00Z\n    status: update\n    body: ${JSON.stringify(body)}\n`,
    );
    const front = `---\ntitle: Requests to the API fail\nimpact: minor\nended: 2026-03-02T11:00Z\nupdates:\n${updates.join("")}---\n`;
    const { problems } = checkTexts({ "2026/a.md": front });
    const warned = problems
      .filter(({ rule }) => OF_WORDS.includes(rule))
      .map(({ message, place }) => `${words[Math.floor((place.line - 6) / 3)]}: ${message}`);
    expect(warned).toEqual([]);
  },
);
