import { join } from "node:path";
import { expect, it } from "vitest";
import { previewPublishing } from "#lib/publishing/preview-publishing.ts";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { folderWith, put, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");

function entry(status: string, body: string, resolved = ""): string {
  return `---
title: A
components: { api: major_outage }
report: { status: ${status} }
updates:
  - at: 2026-11-22T08:00Z
    status: investigating
    body: We are looking into it.
${resolved}---
${body}
`;
}

it("says what publishing would change, whom it would tell what, and what became of a report; and publishes nothing", async () => {
  const root = folderWith({ "content/site.yaml": SITE, "content/2026-a.md": entry("preliminary", "We think so.") });
  const environment = { port: 0, host: "", content: join(root, "content"), data: join(root, "data") } as Environment;
  const first = await previewPublishing(environment, NOW);
  expect(first.headlines).toEqual({ after: "Major outage" });
  expect(first.events).toMatchObject([{ slug: "2026-a", notices: [] }]);
  expect(first.changes?.silence).toContain("first published");
  await publish(environment, { now: NOW });
  expect(await previewPublishing(environment, NOW)).toMatchObject({ events: [] });

  const resolved = "  - at: 2026-11-22T09:00Z\n    status: resolved\n    body: It is over.\n";
  put(root, "content/2026-a.md", entry("final", "We know so.", resolved));
  const next = await previewPublishing(environment, NOW);
  expect(next.headlines).toEqual({ before: "Major outage", after: "All systems operational" });
  expect(next.events).toMatchObject([
    {
      notices: [{ notice: { kind: "incident_resolved" } }, { notice: { kind: "report_final" } }],
      redline: { changed: 1, added: 0, removed: 0 },
    },
  ]);
  expect(await previewPublishing(environment, NOW)).toEqual(next);

  put(root, "content/2026-b.md", "---\n");
  expect(await previewPublishing(environment, NOW)).toMatchObject({
    events: [],
    problems: expect.arrayContaining([]) as [],
  });
});
