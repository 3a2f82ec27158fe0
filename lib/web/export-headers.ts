import { feedPaths } from "#lib/site/views/feed.ts";
import { FILE_POLICY } from "./serve/headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".atom": "application/atom+xml; charset=utf-8",
  ".rss": "application/rss+xml; charset=utf-8",
  "feed.json": "application/feed+json; charset=utf-8",
  "reports.json": "application/feed+json; charset=utf-8",
  "actions.json": "application/feed+json; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
};

/** Of the site, and below the address of a component or an event. */
const FEEDS = Object.values(feedPaths(""));

const ROOT_FEEDS = [...FEEDS, ...["/reports", "/actions"].flatMap((about) => Object.values(feedPaths(about)))];

/** What hosts send under a type of their own. No path is here twice: some hosts would send both. */
const TYPED = [
  ...["/site.webmanifest", ...ROOT_FEEDS, "/calendar.ics"],
  ...[...FEEDS, "/calendar.ics"].map((end) => `/components/:id${end}`),
  ...FEEDS.map((end) => `/incidents/:slug${end}`),
];

/** What stands at the root and is for programs; what stands below is open by its folder. */
const AT_ROOT = [
  ...ROOT_FEEDS,
  ...["/calendar.ics", "/badge.svg", "/card.png", "/llms.txt", "/robots.txt", "/sitemap.xml", "/embed/*"],
  ...["/favicon.ico", "/apple-touch-icon.png", "/icon-512.png", "/site.webmanifest", "/.well-known/security.txt"],
];

const OPEN = ["Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin"];
const FOR_EVER = "Cache-Control: public, max-age=31536000, immutable";

/** `_headers`, which several hosts of static files read. Where it is not read, the pages carry their own policy. */
export function headersFile(): string {
  const rules: readonly (readonly [string, readonly string[]])[] = [
    ["/*", ["X-Content-Type-Options: nosniff", "Referrer-Policy: strict-origin-when-cross-origin"]],
    ["/_next/static/*", [FOR_EVER]],
    ["/files/*", [FOR_EVER, `Content-Security-Policy: ${FILE_POLICY}`]],
    ...["/badge.svg", "/components/:id/badge.svg"].map(
      (path) => [path, [`Content-Security-Policy: ${FILE_POLICY}`]] as const,
    ),
    ["/api/*", [...OPEN, "Cache-Control: public, max-age=10, stale-while-revalidate=60, stale-if-error=86400"]],
    ...[...AT_ROOT, "/incidents/*", "/components/*"].map((path) => [path, OPEN] as const),
    ...TYPED.map((path) => [path, [`Content-Type: ${typeOf(path)}`]] as const),
    ["/incidents/*.md", ["Content-Type: text/markdown; charset=utf-8"]],
  ];
  return rules.map(([path, lines]) => `${path}\n${lines.map((line) => `  ${line}\n`).join("")}`).join("");
}

function typeOf(path: string): string {
  return Object.entries(TYPES).find(([end]) => path.endsWith(end))?.[1] ?? "";
}
