import { expect, test } from "vitest";
import { importCstate } from "#lib/content/import/cstate.ts";
import { file, fixture } from "../sites.ts";
import { fileOf, incident, remarks } from "./harbour.ts";

test("planned work with a window is maintenance, announced when its file was named", () => {
  expect(incident("2020-01-09-planned")).toBe(`---
title: Scheduled maintenance of the crane
components: [crane]
scheduled: { start: 2020-01-12T06:00:00Z, end: 2020-01-12T08:00:00Z }
updates:
  - at: 2020-01-09/2020-01-12T06:00:00Z
    status: scheduled
    body: We will oil the crane on Sunday.
  - at: 2020-01-12T08:00:00Z
    status: completed
    body: "*Update* - Oiling is complete."
redirects: [/issues/2020-01-09-planned/]
---
`);
  expect(remarks("2020-01-09-planned")).toMatchInlineSnapshot(`
    [
      "2: “Scheduled” — taken as maintenance: it says so, and date and resolvedWhen give its window; its components are under maintenance in it",
      "6: severity: down — a maintenance has none; its components are under maintenance",
    ]
  `);
});

test.each([
  ["Unplanned maintenance", "2020-05-05T12:00:00Z", "We work."],
  ["Outage during maintenance", "2020-05-05T12:00:00Z", "We work."],
  ["Maintenance", "2020-05-05T10:00:00Z", "We work."],
  ["Maintenance", "2020-05-05", "We work."],
  ["Maintenance", "2020-05-05T12:00:00Z", "*Investigating* - Something broke."],
])("“%s” until %s is an incident", (title, end, body) => {
  const site = importCstate([
    file(
      "content/issues/x.md",
      `---\ntitle: ${title}\ndate: 2020-05-05T10:00:00Z\nresolved: true\nresolvedWhen: ${end}\nseverity: down\nsection: issue\n---\n${body}`,
    ),
  ]);
  expect(site.counts).toMatchObject({ incidents: 1, maintenance: 0 });
});

test("planned work that nobody called resolved is ended by its window alone", () => {
  const text = fileOf(
    "resolved: false\nresolvedWhen: 2020-05-06T12:00:00Z\ntitle: Planned power outage\nseverity: down",
    "Lights off.",
  );
  expect(text).toContain("scheduled: { start: 2020-05-05T10:00:00Z, end: 2020-05-06T12:00:00Z }");
  expect(text).not.toContain("completed");
});

test("what is not resolved stays open, whatever a label says", () => {
  const text = incident("2020-01-10-open");
  expect(text).not.toContain("ended:");
  expect(text.match(/status: \w+/g)).toEqual(["status: investigating", "status: monitoring"]);
  expect(text).toContain("*Resolved* - All rust is gone.");
  expect(remarks("2020-01-10-open")).toMatchInlineSnapshot(`
    [
      "-: still open — the newest entry of the site is more than 30 days younger; resolve it if it is over",
      "5: resolvedWhen: 2020-01-10T06:00:01Z — it is not resolved, so this is no end; left out",
      "6: severity: degraded — it is no severity of cState; taken as degraded_performance",
      "10: pin: true — nothing is pinned: what is open stands first",
      "14: the update “Resolved” — the front matter says that it is not resolved; carried as monitoring",
      "14: the update “Resolved” — it has no time of its own; it stands at ~2020-01-10T06:00:00Z, which is all that is known",
    ]
  `);
});

test("an informational post has no impact and is over at once", () => {
  expect(incident("2020-01-11-informational")).toContain(
    "impact: none\nstarted: 2020-01-11T06:00:00Z\nupdates:\n  - at: 2020-01-11T06:00:00Z\n    status: resolved\n",
  );
});

test("an end before the start is left out", () => {
  const text = incident("2020-01-12-backwards");
  expect(text).not.toContain("ended:");
  expect(text).toContain("  - at: ~2020-01-12T06:00:00Z\n    status: resolved\n    body: The radio is clear.\n");
  expect(remarks("2020-01-12-backwards").join("\n")).toContain("it lies before the date");
});

test("an announcement older than the start keeps its time", () => {
  expect(incident("2020-01-20-upside-down")).toContain(
    "started: 2020-01-22T06:00:00Z\nupdates:\n  - at: 2020-01-20T06:00:00Z\n",
  );
  expect(remarks("2020-01-20-upside-down").join("\n")).toContain("its time is before the date");
});

test("without “resolved” it is what cState makes of it: nothing that goes on", () => {
  expect(fileOf("severity: down", "Words.")).toContain("  - at: ~2020-05-05T10:00:00Z\n    status: resolved\n");
});

test("nothing is said by an empty page, and that is remarked", () => {
  expect(incident("2020-01-19-empty").match(/status: .*\n.*body: .*/g)).toEqual([
    "status: resolved\n    body: Resolved.",
  ]);
  expect(remarks("2020-01-19-empty").join("\n")).toContain("no text");
});

test("times that the calendar or the clock lacks are not rolled over", () => {
  expect(incident("2020-01-13-impossible-date")).toContain("started: 2020-09-30/2020-10-01\nended: 2020-10-02\n");
  expect(remarks("2020-01-13-impossible-date").slice(0, 3)).toMatchInlineSnapshot(`
    [
      "3: date: 2020-09-31 10:00:00 — the calendar has no 2020-09-31; carried as 2020-09-30/2020-10-01, which is all that is known",
      "4: the end — no text of its own tells it; an update “Resolved.” was added",
      "5: resolvedWhen: 2020-10-02T55:00:00Z — the clock never shows that time, so only the date was carried",
    ]
  `);
});

test("times with a digit too many or the wrong joint are read and remarked", () => {
  expect(incident("2020-01-14-hours")).toContain("started: 2020-01-14T15:00:00+02:00\nended: 2020-01-14T16:00+00:00\n");
});

test("a time that the clock showed twice is marked as rough", () => {
  expect(incident("2021-05-05-bridge", importCstate(fixture("two-languages")))).toContain(
    "started: ~2021-10-31T02:30:00+02:00\n",
  );
});
