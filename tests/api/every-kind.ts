import type { Files } from "./server.ts";

/** A site in whose offset every time has to be told, with groups and without. */
export const SITE = `
name: Lumen
url: https://status.lumen.example
description: Status of Lumen
timezone: America/Denver
locale: en-GB
components:
  - { id: api, name: API, group: Platform, description: Public interface, since: 2020-03-01 }
  - { id: web, name: Web app }
  - { id: jobs, name: Jobs, group: Platform }
  - { id: k4f0q1zt7w2m, name: Mail, group: Messages }
`;

export interface Told {
  readonly at: string;
  readonly status: string;
  readonly body: string;
  readonly components?: Readonly<Record<string, string>>;
}

/** A file of an incident, with JSON as the YAML it is. */
export function file(front: Readonly<Record<string, unknown>>, report = ""): string {
  return `---\n${JSON.stringify(front)}\n---\n${report}`;
}

export const update = (at: string, status: string, body: string, components?: Record<string, string>): Told => ({
  at,
  status,
  body,
  ...(components ? { components } : {}),
});

/** An incident or maintenance of every kind and status, as of 2026-11-22T12:00Z. */
export const EVERY_KIND: Files = {
  "open.md": file({
    title: "Requests fail",
    impact: "major",
    components: { api: "partial_outage", k4f0q1zt7w2m: "degraded_performance" },
    updates: [
      update("2026-11-22T03:00:00-07:00", "investigating", "We are\\\nlooking at \\*it\\*."),
      update("2026-11-22T03:30:00-07:00", "identified", "Found."),
      update("2026-11-22T03:45:00-07:00", "update", "Still **there**.", { api: "major_outage" }),
      update("2026-11-22T04:00:00-07:00", "monitoring", "Mended.", { api: "degraded_performance" }),
    ],
  }),
  "small.md": file({
    title: "Odd colours",
    impact: "minor",
    updates: [update("2026-11-20T08:00Z", "investigating", "Odd.")],
  }),
  "resolved.md": file({
    title: "Slow pages",
    components: { web: "degraded_performance" },
    started: "2026-07-01T10:00:00Z",
    redirects: ["/incidents/bhbcjn4n3jzp"],
    actions: [
      { id: "cache", title: "Cache <b>pages</b>", url: "https://example.com/1?a&b", done: "2026-07-10" },
      { title: "Say so sooner", done: "2026-07-11" },
      { title: "Some day" },
    ],
    updates: [
      update("2026-07-01T10:05:00Z", "investigating", "Slow."),
      update("2026-07-01T10:40:00Z", "monitoring", "Better."),
      update("2026-07-01T10:30:00Z", "update", "Almost."),
      update("2026-07-01T11:00:00Z", "resolved", "Over."),
    ],
  }),
  "reported.md": file(
    {
      title: "Lost messages",
      impact: "critical",
      components: { k4f0q1zt7w2m: "major_outage" },
      report: { status: "final", published: "2026-06-10" },
      updates: [
        update("2026-06-01T00:00:00.250Z", "investigating", "Lost."),
        update("2026-06-02", "resolved", "Found."),
      ],
    },
    "\n## Summary\n\nAll of it.\n",
  ),
  "draft.md": file({
    title: "Secret draft",
    draft: true,
    updates: [update("2026-11-22T08:00Z", "investigating", "x")],
  }),
  "planned.md": file({
    title: "New database",
    components: ["jobs"],
    scheduled: { start: "2026-12-01T02:00:00-07:00", end: "2026-12-01T03:00:00-07:00" },
    updates: [update("2026-11-18T10:00Z", "scheduled", "Soon.")],
  }),
  "running.md": file({
    title: "New network",
    components: ["web"],
    scheduled: { start: "2026-11-22T11:00Z", end: "2026-11-22T14:00Z" },
    updates: [update("2026-11-20T10:00Z", "scheduled", "Soon."), update("2026-11-22T11:00Z", "in_progress", "Now.")],
  }),
  "withdrawn.md": file({
    title: "New power",
    components: ["web"],
    scheduled: { start: "2026-12-11T11:00Z", end: "2026-12-11T14:00Z" },
    updates: [update("2026-11-20T10:00Z", "scheduled", "Soon."), update("2026-11-21T11:00Z", "cancelled", "Not now.")],
  }),
  "past.md": file({
    title: "Old work",
    components: ["web"],
    scheduled: { start: "2026-03-11T11:00Z", end: "2026-03-11T14:00Z" },
    updates: [update("2026-03-01T10:00Z", "scheduled", "Soon.")],
  }),
};
