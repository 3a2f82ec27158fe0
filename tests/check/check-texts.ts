import { type Checked, check } from "#lib/content/check/check.ts";
import type { Example } from "#lib/content/check/rule.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Problem } from "#lib/model/problem.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

const CONFIG: SiteConfig = {
  name: "Tidewater Parcels",
  url: "https://status.tidewater.example",
  description: "",
  timezone: "UTC",
  locale: "en",
  support: {},
  components: [
    { id: "api", name: "API" },
    { id: "tracking", name: "Tracking" },
  ],
  reports: {},
  // Their examples are their tests; here they would only see how short the texts are.
  checks: {
    "empty-link": "off",
    "next-update": "off",
    "no-impact": "off",
    "time-without-zone": "off",
    "unaffected-component": "off",
  },
};

/** Checks some files as if they were a content folder; `others` are paths of files that are not incidents. */
export function checkTexts(files: Readonly<Record<string, string>>, others: readonly string[] = []): Checked {
  const paths = Object.keys(files).sort();
  const parsed = paths.map((path) => parseEntry(path, new TextEncoder().encode(files[path]), CONFIG.timezone));
  return check({ config: CONFIG, parsed, paths: new Set([...paths, ...others]), now: NOW });
}

/** An incident file with some more front matter and a report. */
export function incident(front: string, body = ""): string {
  return `---\ntitle: An incident\n${front}\n---\n${body}`;
}

/** What is said of one incident: its place, rule and words. */
export function problemsOf(front: string, body = "", others: readonly string[] = []): string[] {
  return checkTexts({ "2026/own.md": incident(front, body) }, others).problems.map(
    ({ place, rule, message }) => `${place.line}:${place.column} ${rule}: ${message}`,
  );
}

/** The site of the examples in the rules' documentation. */
const EXAMPLE_SITE = `name: Example
url: https://status.example.com
components:
  - { id: api, name: API }
  - { id: web, name: Web app }
  - { id: email, name: E-mail }
`;

/** Everything that is said of an example: what the parser says and what the rules say. */
export function checkExample(example: Example): readonly Problem[] {
  const {
    files,
    site = "",
    published,
  }: Exclude<Example, string> = typeof example === "string" ? { files: { "2026/example.md": example } } : example;
  const bytes = (text: string) => new TextEncoder().encode(text.replace(/^\n/, ""));
  const { value: config, problems } = parseSite("site.yaml", bytes(files["site.yaml"] ?? EXAMPLE_SITE + site));
  const paths = Object.keys(files);
  const parsed = paths
    .filter((path) => path.endsWith(".md"))
    .map((path) => parseEntry(path, bytes(files[path] ?? ""), "UTC"));
  if (!config) return problems;
  return check({ config, parsed, paths: new Set(paths), now: NOW, ...(published ? { published } : {}) }).problems;
}
