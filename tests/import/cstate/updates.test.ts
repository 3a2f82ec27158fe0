import { expect, test } from "vitest";
import { CLOSED, fileOf, incident, remarks } from "./harbour.ts";

test("updates are told oldest first, each at its own time", () => {
  expect(incident("2020-01-01-newest-first")).toBe(`---
title: Ferry engine stops
components: { ferry: major_outage }
started: 2020-01-01T10:00:00
ended: 2020-01-01T13:00:00
updates:
  - at: 2020-01-01T10:00:00
    status: investigating
    body: The engine stops every few minutes.
  - at: 2020-01-01T11:00:00Z
    status: update
    body: Divers are looking at the screw.
  - at: 2020-01-01T12:00:00
    status: monitoring
    body: A new filter is in.
  - at: 2020-01-01T13:00:00
    status: resolved
    body: The engine runs again.
redirects: [/issues/2020-01-01-newest-first/]
---
`);
  expect(remarks("2020-01-01-newest-first")).toEqual([]);
});

test("updates without a time stand between their neighbours, and that is remarked", () => {
  expect(incident("2020-01-02-oldest-first")).toContain(`updates:
  - at: 2020-01-02T08:00:00+00:00
    status: investigating
    body: |
      **Initial message**

      The motor of the gate is hot.
  - at: 2020-01-02T08:00:00+00:00/2020-01-02T10:00:00+00:00
    status: update
    body: It cools down slowly.
  - at: 2020-01-02T08:00:00+00:00/2020-01-02T10:00:00+00:00
    status: update
    body: |
      **Update 2**

      It is nearly cold.
  - at: 2020-01-02T10:00:00+00:00
    status: resolved
    body: |
      **Final message**

      The motor is cold.

      - nobody was hurt
`);
  expect(remarks("2020-01-02-oldest-first")).toMatchInlineSnapshot(`
    [
      "6: severity: distrupted — taken as “disrupted”",
      "7: affected “gate” — taken as “Gate”",
      "14: the update “Update” — it has no time of its own; it stands at 2020-01-02T08:00:00+00:00/2020-01-02T10:00:00+00:00, which is all that is known",
      "17: the update “Update 2” — it has no time of its own; it stands at 2020-01-02T08:00:00+00:00/2020-01-02T10:00:00+00:00, which is all that is known",
    ]
  `);
});

test("one text is the first; “Resolved.” is added", () => {
  expect(incident("2020-01-03-one-text")).toContain(`updates:
  - at: 2020-01-03
    status: investigating
    body: |
      There is fog on the river.

      ---

      Boats go slowly.
  - at: 2020-01-03T12:00:00.250Z
    status: resolved
    body: Resolved.
`);
});

test("a label that is no status stays in the text", () => {
  const text = incident("2020-01-04-unknown-labels");
  expect(text).toContain('body: "*Answer of the maker* - They know of it."');
  expect(text).toContain('body: "*Update* 1 - A part is on its way."');
  expect(text).toContain('body: "*Update 2* - It is here."');
  expect(text.match(/status: \w+/g)).toEqual([
    "status: investigating",
    "status: update",
    "status: update",
    "status: update",
    "status: resolved",
  ]);
});

test("updates take the date and time that their label names", () => {
  const times = incident("2020-01-05-times-in-labels").match(/at: .*\n.*status: .*/g);
  expect(times).toEqual([
    "at: 2020-01-05T06:00:00Z\n    status: investigating",
    "at: 2020-01-06T19:30Z\n    status: update",
    "at: 2020-01-07T09:00:00Z\n    status: resolved",
  ]);
});

test("newest first, the beginning is below the last update's own paragraph", () => {
  expect(incident("2020-01-06-beginning-below")).toContain(`
  - at: 2020-01-06T06:00:00Z
    status: investigating
    body: |
      We will paint the gate today.

      Please walk around it.
  - at: 2020-01-06T06:00:00Z/2020-01-06T09:00:00Z
    status: update
    body: The first coat is on.
`);
});

test("a bold lead is a label where a track gives it a time; a reopening outlasts resolvedWhen", () => {
  const text = incident("2020-01-07-bold-leads");
  expect(text).not.toContain("ended:");
  expect(text.match(/at: .*\n.*status: .*/g)).toEqual([
    "at: 2020-01-07T06:10:00\n    status: investigating",
    "at: 2020-01-07T07:00:00\n    status: resolved",
    "at: 2020-01-07T07:30:00\n    status: investigating",
    "at: 2020-01-07T08:00:00\n    status: update",
    "at: ~2020-01-07T08:00:00\n    status: resolved",
  ]);
  expect(text).toContain("The ramp lies in the water. **Nothing** moves.");
});

test("a track between two texts ends the first", () => {
  expect(incident("2020-01-26-inline-tracks").match(/at: .*\n.*\n.*body: .*(?:\n {6}.*)*/g)).toEqual([
    "at: 2020-01-26T06:10:00Z\n    status: investigating\n    body: Water comes in.",
    "at: 2020-01-26T07:00:00Z\n    status: update\n    body: |\n      Pumps run.",
    "at: 2020-01-26T09:00:00Z\n    status: resolved\n    body: |\n      The hold is dry again.",
  ]);
});

test("labels speak other languages", () => {
  expect(incident("2020-01-28-risolto").match(/status: .*\n.*body: .*/g)).toEqual([
    'status: investigating\n    body: "*Indagine in corso* - Il molo è chiuso."',
    'status: monitoring\n    body: "*Monitoraggio in corso* - Guardiamo il mare."',
    'status: resolved\n    body: "*Risolto* - Il molo è aperto."',
  ]);
});

test("parts of one description are one text", () => {
  expect(incident("2020-01-27-describing")).toContain(`
    body: |
      __Description__ The horn is silent.

      __Impact__ Seagulls everywhere.
  - at: 2020-01-27T09:00:00Z
    status: resolved
    body: "*Update* - This incident has been resolved."
`);
});

test("a postmortem becomes the report", () => {
  expect(incident("2020-01-08-postmortem")).toMatch(
    /\nreport: \{ status: final \}\nredirects: .*\n---\n\n## Post-mortem\n\nThe ropes were old\. We had \*\*no list\*\* of their age\.\n$/,
  );
  expect(incident("2020-01-08-postmortem")).not.toMatch(/body: .*ropes were old/);
});

test.each([
  ["**Update 2020-05-05 11:30 UTC**", "2020-05-05T11:30Z"],
  ["**2020-05-05 11:30:00**", "2020-05-05T11:30:00"],
  ["[Update - 2020-05-05 11h30 UTC]", "2020-05-05T11:30Z"],
  ["## 05.05.2020, 11:30 Uhr – Neues", "2020-05-05T11:30"],
  ["Update 2020-05-05 11:30:", "2020-05-05T11:30"],
  ["#### Update 11:30AM, May 5 ####", "2020-05-05T10:00:00Z/2020-05-05T12:00:00Z"],
  ['**Update** - {{< track "2020-05-05T11:30:00+02:00" >}}', "2020-05-05T11:30:00+02:00"],
  ["_Edit_: {{<track 2020-05-05T11:30>}}", "2020-05-05T11:30"],
  ["\\*\\*Update\\*\\* {{% track '2020-05-05 11:30:00' %}}", "2020-05-05T11:30:00"],
  ["__Update2__", "2020-05-05T10:00:00Z/2020-05-05T12:00:00Z"],
])("%s opens an update at %s", (label, at) => {
  const written = label.includes("track") ? label.replace(/(\{\{.*)$/, "Words. $1") : `${label}\n\nWords.`;
  const text = fileOf(CLOSED, `*Investigating* - Why.\n\n${written}\n\n*Resolved* - Because.`);
  expect(text).toContain(`  - at: ${at}\n    status: update\n`);
});

test("what only looks like a label does not open one", () => {
  const body =
    "**Nothing** works.\n\n[A link](https://a.example)\n\n*Very* bad - so bad.\n\n1. *Update* of a list\n\n> **Update** quoted";
  const text = fileOf(CLOSED, body);
  expect(text.match(/status: \w+/g)).toEqual(["status: investigating", "status: resolved"]);
});
