import { describe, expect, test } from "vitest";
import { importCstate } from "#lib/import/cstate.ts";
import type { Imported } from "#lib/import/imported.ts";
import { file, fixture, readBack } from "./sites.ts";

const harbour = importCstate(fixture("harbour"));

/** The incident file of that name. */
function incident(name: string, imported: Imported = harbour): string {
  const found = imported.files.find(({ path }) => path.endsWith(`/${name}.md`));
  if (!found) throw new Error(`no ${name}.md among ${imported.files.map(({ path }) => path).join(", ")}`);
  return found.text;
}

/** What was remarked on the file whose path contains `name`, as “line: what — reason”. */
function remarks(name: string, imported: Imported = harbour): string[] {
  return imported.remarks
    .filter(({ file: path }) => path.includes(name))
    .map(({ line, what, reason }) => `${line ?? "-"}: ${what} — ${reason}`);
}

/** One incident with that front matter (beside title, section and date) and body. */
function one(front: string, body: string, name = "content/issues/2020-05-05-one.md"): Imported {
  const keys = `title: One\nsection: issue\n${/^date:/m.test(front) ? "" : "date: 2020-05-05T10:00:00Z\n"}${front}`;
  return importCstate([file(name, `---\n${keys}\n---\n${body}`)]);
}

const CLOSED = "resolved: true\nresolvedWhen: 2020-05-05T12:00:00Z\nseverity: down";

describe("the site", () => {
  test("is described by its configuration, category by category", () => {
    expect(harbour.files[0]).toEqual({
      path: "site.yaml",
      text: `name: Harbour Status
url: https://status.harbour.example
description: What floats, and what does not.
timezone: UTC
locale: en-GB

components:
  - id: gate
    name: Gate
    group: Land
  - id: crane
    name: Crane
    group: Land
  - id: ferry
    name: Ferry
    group: Water
    description: Boats for people
  - id: log-book
    name: Log book
  - id: gate-example
    name: "*.gate.example"
    group: Other
`,
    });
  });

  test("loses nothing of its configuration in silence", () => {
    expect(remarks("config.yml")).toMatchInlineSnapshot(`
      [
        "-: customTabs: Tides (https://tides.example) — there is no menu of links; left out",
        "-: logo: logo.svg — the look of the old site is not carried",
        "-: theme, brand — settings of Hugo and of the look of the old site; left out",
        "-: descriptions of categories (Land: Everything dry) — groups have none; left out",
        "-: “hide” of Crane — components cannot be hidden; shown like any other",
        "-: “link” of Gate — components have no link; left out",
        "31: “systems” twice — the last that says something was taken",
      ]
    `);
  });

  test("is written without a configuration too", () => {
    const bare = importCstate(fixture("bare"));
    expect(bare.files[0]?.text).toContain("url: https://status.example.com\n");
    expect(remarks("config.yml", bare)).toMatchInlineSnapshot(`
      [
        "-: no configuration — site.yaml was written from what the incidents say",
        "-: no title — “Status” was written; name the site in site.yaml",
        "-: no web address — https://status.example.com was written; put the site's own into “url” of site.yaml",
      ]
    `);
  });

  test("is found in a folder below the one that was given", () => {
    const below = importCstate(fixture("bare").map(({ path, bytes }) => ({ path: `site/${path}`, bytes })));
    expect(below.counts.incidents).toBe(4);
    expect(incident("headers", below)).toContain("redirects: [/issues/headers/]");
  });

  test("is counted", () => {
    expect(harbour.counts).toMatchObject({ read: 37, incidents: 28, maintenance: 1 });
  });

  test("leaves other pages behind and says so", () => {
    expect(harbour.remarks.filter(({ reason }) => reason.endsWith("left behind"))).toMatchInlineSnapshot(`
      [
        {
          "file": "content/issues/_index.md",
          "reason": "it is no incident (its section is not “issue”); left behind",
          "what": "the page “All issues”",
        },
        {
          "file": "content/issues/template.md.tpl",
          "reason": "Hugo makes no page of it and no incident shows it; left behind",
          "what": "template.md.tpl",
        },
        {
          "file": "content/pages/about.md",
          "reason": "it is no incident (its section is not “issue”); left behind",
          "what": "the page “About the harbour”",
        },
        {
          "file": "static/",
          "reason": "no incident and not shown by one; left behind",
          "what": "1 file in static/",
        },
        {
          "file": "themes/",
          "reason": "no incident and not shown by one; left behind",
          "what": "1 file in themes/",
        },
      ]
    `);
  });
});

describe("updates", () => {
  test("are told oldest first, each at its own time", () => {
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

  test("without a time stand between their neighbours, and that is remarked", () => {
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

  test("take the date and time that their label names", () => {
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

  test("speak other languages", () => {
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
    const text = incident(
      "2020-05-05-one",
      one(CLOSED, `*Investigating* - Why.\n\n${written}\n\n*Resolved* - Because.`),
    );
    expect(text).toContain(`  - at: ${at}\n    status: update\n`);
  });

  test("what only looks like a label does not open one", () => {
    const body =
      "**Nothing** works.\n\n[A link](https://a.example)\n\n*Very* bad - so bad.\n\n1. *Update* of a list\n\n> **Update** quoted";
    const text = incident("2020-05-05-one", one(CLOSED, body));
    expect(text.match(/status: \w+/g)).toEqual(["status: investigating", "status: resolved"]);
  });
});

describe("the course", () => {
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
    const text = incident(
      "2020-05-05-one",
      one(
        "resolved: false\nresolvedWhen: 2020-05-06T12:00:00Z\ntitle: Planned power outage\nseverity: down",
        "Lights off.",
      ),
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
    expect(incident("2020-05-05-one", one("severity: down", "Words."))).toContain(
      "  - at: ~2020-05-05T10:00:00Z\n    status: resolved\n",
    );
  });

  test("nothing is said by an empty page, and that is remarked", () => {
    expect(incident("2020-01-19-empty").match(/status: .*\n.*body: .*/g)).toEqual([
      "status: resolved\n    body: Resolved.",
    ]);
    expect(remarks("2020-01-19-empty").join("\n")).toContain("no text");
  });
});

describe("front matter", () => {
  test("that is no YAML is read line by line, with the line named", () => {
    const text = incident("2020-01-15-uber-the-gate-copy");
    expect(text).toContain(
      'title: "Gate: `lock` jammed"\ncomponents: { gate-example: major_outage, gate: major_outage }\n',
    );
    expect(text).toContain("redirects: [/issues/2020-01-15-über-the-gate-copy/]");
    expect(remarks("2020-01-15")[0]).toBe(
      "2: the front matter — it is not valid YAML (Nested mappings are not allowed in compact mappings); it was read line by line",
    );
  });

  test("several in one file are several incidents", () => {
    expect(incident("2020-01-16-several")).toContain("title: First of two\ncomponents: { ferry: major_outage }\n");
    expect(incident("2020-01-16-several-2")).toContain("title: Second of two\n");
    expect(incident("2020-01-16-several-2")).not.toContain("redirects");
  });

  test("in TOML keeps its times as written", () => {
    const text = incident("2020-01-29-toml");
    expect(text).toContain("components: { ferry: partial_outage }\nstarted: 2020-01-29T06:00:00-06:00\n");
    expect(text).toContain("  - at: 2020-01-29T08:00:00-06:00\n    status: resolved\n    body: No waves.\n");
  });

  test("without fences, without keys, with nothing, with a wrong section: no file is dropped", () => {
    const bare = importCstate(fixture("bare"));
    expect(incident("headers", bare)).toContain(
      "title: Headers without a fence\ncomponents: { mill: major_outage }\nstarted: 2019-02-04T10:00\nended: 2019-02-04T11:00\n",
    );
    expect(incident("2019-02-03-no-fence", bare)).toContain("title: No fence\nimpact: none\nstarted: 2019-02-03\n");
    expect(incident("nothing", bare)).toContain("started: ~1970-01-01\n");
    expect(incident("nothing", bare)).toContain("draft: true\n");
    expect(incident("section", bare)).toContain("title: Wrong section\nimpact: none\ncomponents: [mill]\n");
    expect(remarks("issues/", bare)).toMatchInlineSnapshot(`
      [
        "-: no title — the file's name gave it",
        "-: no date — the file's name gave it: 2019-02-03",
        "-: no “resolved” — cState shows such a page as nothing that goes on; carried as resolved",
        "-: the end — no text of its own tells it; an update “Resolved.” was added",
        "-: no severity — carried with impact none",
        "1: no front matter — what could be known from the file's name and text was taken",
        "1: a front matter without its fences — the lines as far as the first blank one were read as keys",
        "3: Resolved: ture — taken as “true”",
        "3: the end — no text of its own tells it; an update “Resolved.” was added",
        "6: affected “Mill” — the configuration has no such system; it became a component of its own",
        "-: no title — the file's name gave it",
        "-: no date — it is dated nowhere; carried as a draft: give it a “started” and remove “draft”",
        "-: no “resolved” — cState shows such a page as nothing that goes on; carried as resolved",
        "-: the end — no text of its own tells it; an update “Resolved.” was added",
        "-: no severity — carried with impact none",
        "4: resolved: fale — taken as “false”",
        "5: severity: catastrophic — it is no severity; the components were listed without an effect",
        "6: section: notice — it stands among the incidents, so it was carried as one",
      ]
    `);
  });

  test("comments among the keys, unknown keys and two of the same are remarked", () => {
    expect(remarks("2020-01-25-comment-in-keys").join("\n")).toContain(
      "“<!-- resolvedWhen: 2020-01-25T07:00:00Z -->” — commented out",
    );
    expect(remarks("2020-01-14-hours").join("\n")).toContain("automated: true — nothing in Candor matches it");
    const twice = one(
      "severity: down\nresolved: true\nresolvedWhen: 2020-05-05T11:00:00Z\nresolvedWhen: 2020-05-05T12:00:00Z",
      "Words.",
    );
    expect(incident("2020-05-05-one", twice)).toContain("ended: 2020-05-05T12:00:00Z");
    expect(remarks("one", twice).join("\n")).toContain("“resolvedWhen: 2020-05-05T11:00:00Z” — the key occurs again");
  });

  test("drafts stay drafts, and what Hugo does not show becomes one", () => {
    expect(incident("2022-03-03-crane-pictures")).toContain("draft: true\nredirects: [/pictures/, /old/pictures/]\n");
    expect(incident("2020-01-21-no-ext")).toContain("draft: true\n");
    expect(incident("2020-05-05-one", one(`${CLOSED}\npublished: false`, "Words."))).toContain("draft: true\n");
  });

  test.each([
    ["down", "major_outage"],
    ["disrupted", "partial_outage"],
    ["distrupted", "partial_outage"],
    ["Notice", "degraded_performance"],
    ["degraded", "degraded_performance"],
    ["downtime", "major_outage"],
  ])("severity %s is %s", (severity, effect) => {
    expect(incident("2020-05-05-one", one(`severity: ${severity}\naffected: [Pump]`, "Words."))).toContain(
      `components: { pump: ${effect} }`,
    );
  });
});

describe("times", () => {
  test("that the calendar or the clock lacks are not rolled over", () => {
    expect(incident("2020-01-13-impossible-date")).toContain("started: 2020-09-30/2020-10-01\nended: 2020-10-02\n");
    expect(remarks("2020-01-13-impossible-date").slice(0, 3)).toMatchInlineSnapshot(`
      [
        "3: date: 2020-09-31 10:00:00 — the calendar has no 2020-09-31; carried as 2020-09-30/2020-10-01, which is all that is known",
        "4: the end — no text of its own tells it; an update “Resolved.” was added",
        "5: resolvedWhen: 2020-10-02T55:00:00Z — the clock never shows that time, so only the date was carried",
      ]
    `);
  });

  test("with a digit too many or the wrong joint are read and remarked", () => {
    expect(incident("2020-01-14-hours")).toContain(
      "started: 2020-01-14T15:00:00+02:00\nended: 2020-01-14T16:00+00:00\n",
    );
  });

  test("that the clock showed twice are marked as rough", () => {
    expect(incident("2021-05-05-bridge", importCstate(fixture("two-languages")))).toContain(
      "started: ~2021-10-31T02:30:00+02:00\n",
    );
  });
});

describe("text", () => {
  test("Markdown stays, HTML that does no harm stays, the rest goes with a remark", () => {
    expect(incident("2020-01-18-markup")).toMatchInlineSnapshot(`
      "---
      title: Markup
      components: { ferry: major_outage }
      started: 2020-01-18T06:00:00Z
      ended: 2020-01-18T07:00:00Z
      updates:
        - at: 2020-01-18T06:00:00Z
          status: investigating
          body: |
            One line.\\
            Two lines.

            A new paragraph.
        - at: 2020-01-18T06:00:00Z/2020-01-18T07:00:00Z
          status: update
          body: |
            Table and code stay:

            | a | b<br>c |
            |---|---|
            | 1 | 2 |

            \`\`\`
            <!-- shown --> {{ braces }} <br />
            *Update* - not an update
            \`\`\`

            Press <kbd>F1</kbd>, <b>really</b>. Replace \\<your-name> by yours.
            Boxed text.
            Mind the gap Inner words.
            See <https://video.example/1> and [the plan](https://status.harbour.example/issues/2020-01-18-markup/plan.html), bad (\`javascript:steal()\`), [tides](/pages/tides), [before](/issues/2020-01-01-newest-first/).

            \\::note
        - at: 2020-01-18T07:00:00Z
          status: resolved
          body: Resolved.
      redirects: [/issues/2020-01-18-markup/]
      ---
      "
    `);
    expect(remarks("2020-01-18-markup")).toMatchInlineSnapshot(`
      [
        "4: the end — no text of its own tells it; an update “Resolved.” was added",
        "11: the comment “[Draft] not said yet second line” — comments are not shown to readers; left out",
        "15: the update “Update” — it has no time of its own; it stands at 2020-01-18T06:00:00Z/2020-01-18T07:00:00Z, which is all that is known",
        "26: <b onclick="steal()"> — an event handler, a style or an unsafe address was left out",
        "26: <your-name> — it is no element of HTML; shown as it was written",
        "27: <script>steal()</script> — it could run or change the page; left out",
        "28: <div class="box"> — <div> was left out; its text stays",
        "28: </div> — <div> was left out; its text stays",
        "29: {{< notice "Mind the gap" >}} — a Hugo shortcode; its text was kept",
        "29: {{< /notice >}} — a Hugo shortcode; its text was kept",
        "29: the link “plan.html” — it was relative to the old page; now https://status.harbour.example/issues/2020-01-18-markup/plan.html",
        "30: <iframe src="https://video.example/1"> — <iframe> could run, load or capture something; left out",
        "30: </iframe> — <iframe> could run, load or capture something; left out",
        "30: the link to javascript:steal() — readers may not be sent there; its address was kept as text",
        "30: the link to /pages/tides — it leads to a page of the old site that is not carried; left as it was",
      ]
    `);
  });

  test("of any encoding and line end, without what hides in it", () => {
    expect(incident("2020-01-23-windows")).toContain("body: We have a *leak*.");
    expect(incident("2020-01-24-latin")).toContain("body: The café is shut.");
  });
});

describe("pictures", () => {
  test("are kept beside the incident that shows them", () => {
    const text = incident("2022-03-03-crane-pictures");
    expect(text).toContain("![Beside the page](2022-03-03-crane-pictures-beside.png)");
    expect(text).toContain(
      "![In static](2022-03-03-crane-pictures-load-chart.png) ![Once more](2022-03-03-crane-pictures-load-chart.png)",
    );
    expect(text).toContain("![Gone](https://status.harbour.example/img/gone.png)");
    expect(harbour.assets.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ["2022/2022-03-03-crane-pictures-beside.png", "PNG1"],
      ["2022/2022-03-03-crane-pictures-load-chart.png", "PNG2"],
    ]);
  });
});

describe("languages", () => {
  const both = importCstate(fixture("two-languages"));

  test("the same incident in another language is one of its own, tagged", () => {
    expect(both.files.map(({ path }) => path)).toEqual([
      "site.yaml",
      "2021/2021-05-05-bridge-da.md",
      "2021/2021-05-05-bridge.md",
      "2021/2021-06-06-bridge-da.md",
    ]);
    expect(incident("2021-05-05-bridge-da", both)).toContain(
      "tags: [da]\nredirects: [/da/issues/2021-05-05-bridge/]\n",
    );
    expect(remarks("dansk", both)[0]).toContain("the same incident in the site's own language is 2021-05-05-bridge");
  });

  test("a link to a former address stays without a remark", () => {
    expect(remarks("content/english/issues/2021-05-05", both).join("\n")).not.toContain("the link");
  });
});

test("an incident that is still open long after the site went on is remarked", () => {
  expect(harbour.remarks.filter(({ what }) => what === "still open").map(({ file: path }) => path)).toEqual([
    "content/issues/2020-01-10-open.md",
    "content/issues/2020-01-20-upside-down.md",
  ]);
});

test("Candor's own rules are kept but for one announcement before its incident", () => {
  expect(readBack(harbour).problems.map(({ rule, place }) => [rule, place.file])).toEqual([
    ["update-before-start", "2020/2020-01-20-upside-down.md"],
  ]);
});
