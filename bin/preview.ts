import { styleText } from "node:util";
import type { Preview } from "#lib/publishing/publish.ts";
import { count } from "./output.ts";

type Changed = Preview["changes"]["changed"][number];

/** As many entries and pages are named; of the rest their number. */
const NAMED = 30;

/** What a person wants to know before saying yes: every entry that changes, how, and the pages it shows on. */
export function previewText({ before, entries, changes, pages }: Preview): string {
  const { added, changed, removed, isSettingsChange } = changes;
  if (!before) return `${count(entries, "entry", "entries")} for a site that has shown nothing yet.\n`;
  const lines = [
    ...added.map(({ slug, title }) => mark("+", "green", slug, title)),
    ...changed.map((change) => `${mark("~", "yellow", change.after.slug, change.after.title)}: ${partsOf(change)}`),
    ...removed.map(({ slug, title }) => mark("-", "red", slug, title)),
    ...(isSettingsChange ? [mark("~", "yellow", "site.yaml", "the site’s settings")] : []),
  ];
  const numbers = `${added.length} new, ${changed.length} changed, ${removed.length} gone`;
  return `Since snapshot ${before.id}: ${numbers}.\n${few(lines, "entries")}${pagesText(pages)}`;
}

function mark(sign: string, colour: "green" | "yellow" | "red", slug: string, title: string): string {
  return `  ${styleText(colour, sign, { stream: process.stdout })} ${slug}  “${title}”`;
}

function partsOf({ before, parts, updates }: Changed): string {
  const words = {
    title: `title, which was “${before.title}”`,
    impact: "impact",
    components: "components",
    harm: "whom it hurt",
    cause: "why it happened",
    times: "times",
    window: "planned window",
    expectations: "what readers may expect",
    report: "report",
    actions: "actions",
    tags: "tags",
    corrections: "corrections",
    address: `address, which was ${before.slug}`,
    id: "id",
    file: "its file has moved",
  };
  const { added, edited, removed } = updates;
  return [
    ...(added.length > 0 ? [count(added.length, "new update")] : []),
    ...(edited.length > 0 ? [`${count(edited.length, "update")} edited`] : []),
    ...(removed.length > 0 ? [`${count(removed.length, "update")} gone`] : []),
    ...parts.map((part) => words[part]),
  ].join(", ");
}

function pagesText(pages: Preview["pages"]): string {
  if (pages === "all") return "Every page may change.\n";
  if (pages.length === 0) return "No page changes.\n";
  return `${count(pages.length, "page")} ${pages.length === 1 ? "changes" : "change"}:\n${few(
    pages.map((page) => `  ${page}`),
    "pages",
  )}`;
}

function few(lines: readonly string[], what: string): string {
  const rest = lines.length - NAMED;
  const shown = rest > 1 ? [...lines.slice(0, NAMED), `  … and ${rest.toLocaleString("en")} more ${what}`] : lines;
  return shown.map((line) => `${line}\n`).join("");
}
