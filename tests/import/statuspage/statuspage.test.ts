import { expect, test } from "vitest";
import type { Imported } from "#lib/content/import/imported.ts";
import { importStatuspage } from "#lib/content/import/statuspage.ts";
import { file, readBack } from "../sites.ts";

const PAGE = {
  id: "abcdefgh1234",
  name: "Harbour",
  url: "https://status.example.com",
  time_zone: "Europe/Copenhagen",
  updated_at: "2024-05-02T10:00:00.000+02:00",
};
const CRANES = { id: "crane0000001", name: "Cranes", group: false, group_id: "quay00000001", position: 1 };
const COMPONENTS = [
  { id: "tide00000001", name: "Tide table", group: false, group_id: null, position: 2, start_date: "2020-02-01" },
  { ...CRANES, status: "partial_outage", only_show_if_degraded: true },
  { id: "quay00000001", name: "Quay", group: true, position: 1, components: ["crane0000001"] },
];

function update(status: string, at: string, more: object = {}) {
  return {
    id: `u${status}`,
    status,
    body: `It is ${status}.`,
    created_at: at,
    display_at: at,
    updated_at: at,
    ...more,
  };
}

function incident(more: object = {}) {
  const began = "2024-05-01T10:00:00.000+02:00";
  const over = "2024-05-01T11:30:00.000+02:00";
  return {
    id: "inc000000001",
    name: "Cranes stand still",
    status: "resolved",
    impact: "major",
    created_at: began,
    started_at: began,
    resolved_at: over,
    updated_at: over,
    components: [CRANES],
    incident_updates: [update("resolved", over), update("investigating", began)],
    ...more,
  };
}

function take(...answers: object[]): Imported {
  return importStatuspage(answers.map((answer, index) => file(`${index}.json`, JSON.stringify(answer))));
}

function textOf({ files }: Imported): string {
  return files.find(({ path }) => path.endsWith(".md"))?.text ?? "";
}

function said({ remarks }: Imported): string[] {
  return remarks.map(({ what, reason }) => `${what} — ${reason}`);
}

test("an incident keeps its times as written, its address, and the effects of its updates", () => {
  const affected = (before: string, now: string) => ({
    affected_components: [{ code: "crane0000001", name: "Quay - Cranes", old_status: before, new_status: now }],
  });
  const imported = take(
    { page: PAGE, components: COMPONENTS },
    {
      page: PAGE,
      incident: incident({
        incident_updates: [
          update("resolved", "2024-05-01T11:30:00.000+02:00", affected("major_outage", "operational")),
          update("investigating", "2024-05-01T10:00:00.000+02:00", affected("operational", "major_outage")),
        ],
      }),
    },
  );
  expect(textOf(imported)).toBe(`---
title: Cranes stand still
id: inc000000001
impact: major
updates:
  - at: 2024-05-01T10:00:00.000+02:00
    status: investigating
    body: It is investigating.
    components: { cranes: major_outage }
  - at: 2024-05-01T11:30:00.000+02:00
    status: resolved
    body: It is resolved.
    components: { cranes: operational }
redirects: [/incidents/inc000000001]
---
`);
  expect(imported.files[0]?.text).toBe(`name: Harbour
url: https://status.example.com
timezone: Europe/Copenhagen
locale: en

components:
  - id: cranes
    name: Cranes
    group: Quay
  - id: tide-table
    name: Tide table
    since: 2020-02-01

former_ids:
  page: abcdefgh1234
  components:
    cranes: crane0000001
    tide-table: tide00000001
  groups:
    Quay: quay00000001
`);
  expect(said(imported)).toEqual(
    expect.arrayContaining([
      "only_show_if_degraded of Cranes — components are always shown",
      "the state of Cranes (partial_outage) — a state follows from an open incident in Candor; left out",
      "update ids uresolved uinvestigating — Statuspage's own record, for which Candor has no place; left out",
    ]),
  );
  expect(readBack(imported).problems).toEqual([]);
  expect(imported.counts).toEqual({ read: 2, incidents: 1, maintenance: 0, updates: 2, times: 2, components: 2 });
});

test("of several answers about one incident the newest counts, whatever the order of the files", () => {
  const older = { page: PAGE, incident: incident({ name: "Old", updated_at: "2024-05-01T11:00:00.000+02:00" }) };
  const newer = { page: PAGE, incidents: [incident()] };
  for (const imported of [take(older, newer), take(newer, older)]) {
    expect(textOf(imported)).toContain("title: Cranes stand still\n");
    expect(said(imported).join()).toContain("incident inc000000001 “Old” — the newer answer in");
  }
});

test("a maintenance has its window, and statuses of its own", () => {
  const imported = take({
    page: PAGE,
    scheduled_maintenances: [
      incident({
        status: "completed",
        impact: "maintenance",
        scheduled_for: "2024-05-01T10:00:00.000+02:00",
        scheduled_until: "2024-05-01T12:00:00.000+02:00",
        incident_updates: [
          update("completed", "2024-05-01T12:00:00.000+02:00"),
          update("in_progress", "2024-05-01T10:00:00.000+02:00"),
          update("scheduled", "2024-04-20T10:00:00.000+02:00"),
        ],
      }),
    ],
  });
  expect(textOf(imported)).toContain(
    "scheduled: { start: 2024-05-01T10:00:00.000+02:00, end: 2024-05-01T12:00:00.000+02:00 }\n",
  );
  expect(textOf(imported)).not.toContain("impact");
  expect(imported.counts).toMatchObject({ maintenance: 1, incidents: 0, times: 5 });
  expect(readBack(imported).problems).toEqual([]);
});

test("the postmortem is the report; one that was never published is not", () => {
  const published = take(
    incident({ postmortem_body: "## Why\n\nRust.", postmortem_published_at: "2024-05-03T09:00:00.000Z" }),
  );
  expect(textOf(published)).toContain("report: { status: final, published: 2024-05-03T09:00:00.000Z }\n");
  expect(textOf(published)).toContain("## Why\n\nRust.\n");
  const hidden = take(incident({ postmortem_body: "Rust.", postmortem_published_at: null }));
  expect(textOf(hidden)).not.toContain("Rust");
  expect(said(hidden)).toContain("postmortem_body — it was never published; left out");
  const asUpdate = take(
    incident({
      status: "postmortem",
      incident_updates: [
        update("postmortem", "2024-05-04T09:00:00.000Z", { body: "Rust." }),
        ...incident().incident_updates,
      ],
    }),
  );
  expect(textOf(asUpdate)).toContain("published: 2024-05-04T09:00:00.000Z");
});

test.each([
  ["<p>Two<br />lines &amp; <b>more</b></p>", "Two\\\nlines & **more**"],
  ["One\nTwo\n\n- item\n- item", "One\\\nTwo\n\n- item\n- item"],
  ["see https://example.com/a_b_c<br>now", "see <https://example.com/a_b_c>\\\nnow"],
  ["<script>alert(1)</script><p>Safe <customer> of ours</p>", "Safe \\<customer> of ours"],
  ['<a href="javascript:alert(1)">here</a>', "here"],
])("the body %j", (body, markdown) => {
  const at = "2024-05-01T10:00:00.000+02:00";
  const imported = take(incident({ incident_updates: [update("resolved", at, { body })] }));
  const back = [...readBack(imported).entries.values()][0];
  expect(back?.updates[0]?.body.replace(/\[here\]\(\)/, "here")).toBe(markdown);
  expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("a history feed is the last resort: its times are of the year that fits", () => {
  const entry = (code: string, at: string, content: string) => `<entry><id>tag:status.example.com,2005:Incident/1</id>
    <published>${at}</published><updated>${at}</updated>
    <link rel="alternate" type="text/html" href="https://status.example.com/incidents/${code}"/>
    <title>Cranes &amp; more</title><content type="html">${content.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</content></entry>`;
  const content =
    "<p><small>Jan <var>1</var>, 00:20 UTC</small><br><strong>Resolved</strong> - Done.<br />All well.</p>" +
    "<p><small>Dec <var>31</var>, 23:50 UTC</small><br><strong>Investigating</strong> - We look.</p>";
  const planned =
    "<p><strong>THIS IS A SCHEDULED EVENT Jan  5, 10:00 - 12:00 UTC</strong></p>" +
    "<p><small>Jan 2, 09:00 UTC</small><br><strong>Scheduled</strong> - We paint.</p>";
  const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Status - Incident History</title>
    <link rel="alternate" href="https://status.example.com"/><author><name>Harbour</name></author>
    ${entry("inc000000002", "2024-01-01T00:20:11Z", content)}${entry("inc000000003", "2024-01-02T09:00:00Z", planned)}</feed>`;
  const imported = importStatuspage([file("history.atom", feed)]);
  expect(imported.files.map(({ path }) => path)).toEqual([
    "site.yaml",
    "2023/2023-12-31-cranes-more.md",
    "2024/2024-01-05-cranes-more.md",
  ]);
  expect(imported.files[1]?.text).toContain("  - at: 2023-12-31T23:50Z\n    status: investigating\n");
  expect(imported.files[1]?.text).toContain(
    "at: 2024-01-01T00:20Z\n    status: resolved\n    body: |\n      Done.\\\n      All well.\n",
  );
  expect(imported.files[2]?.text).toContain("scheduled: { start: 2024-01-05T10:00Z, end: 2024-01-05T12:00Z }");
  expect(said(imported)).toContain(
    "impact: not known — a feed tells neither impact nor components; carried with impact none",
  );
  expect(readBack(imported).problems).toEqual([]);
});

test.each([
  "",
  "[",
  "[1]",
  "{}",
  '{"incidents":[{}]}',
  '{"incident":{"incident_updates":[{"status":"x"}],"id":"../x"}}',
  "<feed>",
  "<rss/>",
])("nothing is thrown at %j", (text) => {
  const imported = importStatuspage([file("a.json", text)]);
  expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("another page's answers are left, and said so", () => {
  const other = {
    page: { ...PAGE, id: "otherpage123", url: "https://other.example.com", name: "Other" },
    components: COMPONENTS,
  };
  const imported = take({ page: PAGE, incident: incident() }, other);
  expect(said(imported)).toContain("the page “Other” — it is another page; import it into a folder of its own");
});
