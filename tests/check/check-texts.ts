import { type Checked, check } from "#lib/check/check.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { parseEntry } from "#lib/parse/entry.ts";

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
