import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ForeignFile, Imported } from "#lib/content/import/imported.ts";
import { importPostmortems } from "#lib/content/import/postmortems.ts";
import { importStatusfy } from "#lib/content/import/statusfy.ts";
import { importStatuspage } from "#lib/content/import/statuspage.ts";
import { importUpptime } from "#lib/content/import/upptime.ts";
import { file, filesIn, readBack } from "./sites.ts";

const FIXTURES = resolve(import.meta.dirname, "../fixtures");
const STATUSPAGE = [
  file(
    "incidents.json",
    JSON.stringify({
      page: { id: "p", name: "Harbour", url: "https://status.example.com", time_zone: "Etc/UTC" },
      incidents: [
        {
          id: "inc000000001",
          name: "Cranes",
          status: "resolved",
          impact: "minor",
          started_at: "2024-05-01T10:00:00.000Z",
          resolved_at: "2024-05-01T11:00:00.000Z",
          incident_updates: [
            {
              status: "resolved",
              body: "<b>Done</b>",
              display_at: "2024-05-01T11:00:00.000Z",
              affected_components: null,
            },
            {
              status: "investigating",
              body: "Look.",
              display_at: "2024-05-01T10:00:00.000Z",
              affected_components: [
                { code: "c", name: "Cranes", old_status: "operational", new_status: "major_outage" },
              ],
            },
          ],
        },
      ],
    }),
  ),
  file("notes.md", "A note."),
];

interface Importer {
  readonly name: string;
  readonly run: (files: readonly ForeignFile[]) => Imported;
  readonly given: readonly ForeignFile[];
}

const IMPORTERS: readonly Importer[] = [
  { name: "statusfy", run: importStatusfy, given: filesIn(join(FIXTURES, "import-statusfy")) },
  { name: "statuspage", run: importStatuspage, given: STATUSPAGE },
  { name: "upptime", run: importUpptime, given: filesIn(join(FIXTURES, "import-upptime")) },
  { name: "postmortems", run: importPostmortems, given: filesIn(join(FIXTURES, "import-postmortems")) },
];

function textOf({ files }: Imported, path: string): string {
  return files.find((each) => each.path === path)?.text ?? `none: ${files.map((each) => each.path).join(" ")}`;
}

function said({ remarks }: Imported): string[] {
  return remarks.map(({ file: path, what, reason }) => `${path} ${what} — ${reason}`);
}

describe.each(IMPORTERS)("$name", ({ run, given }) => {
  test("the same files give the same bytes, in whatever order they come, without an error", () => {
    const imported = run(given);
    expect(run(given.toReversed())).toEqual(imported);
    expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(imported.counts.incidents + imported.counts.maintenance).toBeGreaterThan(0);
  });

  test("each file is carried, or a remark says what became of it", () => {
    for (const each of given) {
      const { counts, assets, files, remarks } = run(given.filter((other) => other !== each));
      const all = run(given);
      const isCarried =
        all.counts.incidents + all.counts.maintenance > counts.incidents + counts.maintenance ||
        all.assets.length > assets.length ||
        JSON.stringify(all.files) !== JSON.stringify(files);
      const isSaid = all.remarks.length > remarks.length;
      expect(isCarried || isSaid, each.path).toBe(true);
    }
  });

  test("whatever is in the files, nothing is thrown, and Candor can read what comes out", () => {
    const junk = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "---\n",
        "{",
        "[",
        '"',
        ":::",
        "<p>",
        "null",
        "2024-99-99",
        "| 2020-01-01 |",
        "\u0000",
        "# ",
        "`",
        "-->",
        "&",
        "*",
      ),
    );
    const mutation = fc.record({
      which: fc.nat(),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(40),
      junk,
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const changed = mutations.reduce<readonly ForeignFile[]>(
          (files, { which, at, cut, junk: text }) =>
            files.map((each, index) => {
              if (index !== which % files.length || each.path.endsWith(".png")) return each;
              const old = new TextDecoder().decode(each.bytes);
              const from = Math.floor(at * old.length);
              return file(each.path, old.slice(0, from) + text + old.slice(from + cut));
            }),
          given,
        );
        const back = readBack(run(changed));
        const fatal = back.problems.filter(({ severity, rule }) => severity === "error" && rule !== "secret");
        expect(fatal).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("statusfy", () => {
  const imported = importStatusfy(filesIn(join(FIXTURES, "import-statusfy")));

  test("updates in order of their times, effects, pictures and the address of old", () => {
    expect(textOf(imported, "2020/2020-03-01-cranes-slow.md")).toBe(`---
title: Cranes are slow
components: { cranes: degraded_performance }
started: 2020-03-01T08:00:00.000Z
updates:
  - at: 2020-03-01T08:00:00.000Z
    status: investigating
    body: |
      Loading takes twice as long.

      ![The crane](2020-03-01-cranes-slow-crane.png) turns slowly.
  - at: 2020-03-01T10:00:00.000Z
    status: monitoring
    body: |
      We watch it.

      **Note**
      - Stand back.
  - at: 2020-03-01T11:30:00.000Z
    status: resolved
    body: Greased.
redirects: [/incidents/12ab34cd]
---
`);
  });

  test("a window, a language, an id made of the file's name, and a configuration that is not run", () => {
    const maintenance = textOf(imported, "2020/2020-04-01-paint.md");
    expect(maintenance).toContain("scheduled: { start: 2020-04-01T06:00:00.000+02:00, end: 2020-04-01T05:30:00Z }\n");
    expect(maintenance).toMatch(/redirects: \[\/incidents\/[0-9a-f]{8}\]/);
    expect(textOf(imported, "2020/2020-03-01-cranes-slow-da.md")).toContain(
      "tags: [da]\nredirects: [/da/incidents/12ab34cd]\n",
    );
    expect(textOf(imported, "site.yaml")).toContain("locale: en-GB\n\ncomponents:\n  - id: cranes\n    name: Cranes\n");
    expect(said(imported)).toEqual(
      expect.arrayContaining([
        "statusfy.config.js “ga” — it is made by running code, which is never done; left out",
        "content/da/2020-03-01_cranes-slow.md pager: no — nothing in Candor matches it; left out",
        "content/2020-03-01_cranes-slow.md modified: 2020-03-01T12:00:00.000Z — when the file was last changed; left out",
      ]),
    );
  });
});

test("a component whose name is longer than an id may be has one all the same", () => {
  const imported = importStatusfy([
    file(
      "content/2020-01-01_a.md",
      `---\ntitle: A\ndate: 2020-01-01\naffectedsystems: [${"crane ".repeat(40)}]\n---\n\nText.\n`,
    ),
  ]);
  expect(readBack(imported).problems).toEqual([]);
});

describe("upptime", () => {
  const imported = importUpptime(filesIn(join(FIXTURES, "import-upptime")));

  test("an issue with its comments is an incident, and its number an address", () => {
    expect(textOf(imported, "2023/2023-02-01-gate-is-down.md")).toBe(`---
title: Gate is down
components: { gate: major_outage }
ended: 2023-02-01T10:21:07Z
updates:
  - at: 2023-02-01T10:00:00Z
    status: investigating
    body: |
      In [\`abc1234\`](https://example.com/commit/abc1234), Gate (https://gate.example.com) was **down**:
      - HTTP code: 0
      - Response time: 0 ms
  - at: 2023-02-01T10:10:00Z
    status: identified
    body: |
      **Identified:** rust in the hinge.\\
      We oil it.
  - at: 2023-02-01T10:21:06Z
    status: resolved
    body: "**Resolved:** Gate is back up in [\`def5678\`](https://example.com/commit/def5678)."
redirects: [/incident/12]
---
`);
    expect(textOf(imported, "2023/2023-03-01-ferry-api-has-degraded-performance.md")).toContain(
      "components: { ferry: degraded_performance }",
    );
  });

  test("a maintenance has its window, other issues are left, and no secret is repeated", () => {
    expect(textOf(imported, "2023/2023-04-01-ferry-stands-still-for-a-new-engine.md")).toContain(
      "components: [gate, ferry]\nscheduled: { start: 2023-04-01T13:00:00.220Z, end: 2023-04-01T14:00:00.220Z }\n",
    );
    expect(textOf(imported, "site.yaml")).toContain("since: 2021-08-10");
    expect(said(imported)).toContain(
      "issues.json #15 “Paint the gate green” — an issue without the label “status” or “maintenance”; left behind",
    );
    expect(JSON.stringify(imported)).not.toContain("Bearer");
    expect(JSON.stringify(imported.files)).not.toContain("FERRY_URL");
  });
});

describe("postmortems", () => {
  const imported = importPostmortems(filesIn(join(FIXTURES, "import-postmortems")));

  test.each([
    ["2021/pm2021-001-gate-stood-open.md", "started: 2021-01-05T20:10+01:00\nended: 2021-01-05T22:00+01:00\n"],
    ["2021/pm2021-001-gate-stood-open.md", "![The gate](pm2021-001-gate-stood-open-gate.png)"],
    ["2022/2022-02-03-tides.md", "started: 2022-02-03T07:15\ndetected: 2022-02-03T08:00\nended: 2022-02-03T09:30\n"],
    [
      "2020/2020-05-01-example-ferries-ferry.md",
      "report: { status: final, published: 2020-05-10T00:00:00Z }\ntags: [engines]\n",
    ],
    ["2020/2020-05-01-example-ferries-ferry.md", 'title: "Example Ferries: Ferry"\nimpact: major\n'],
    ["2020/2020-05-01-example-ferries-ferry.md", "- company: Example Ferries\n- product: Ferry"],
    ["2019/headers.md", "title: Bollards came loose\nstarted: 2019-06-01\nended: ~2019-06-01\n"],
    ["undated/undated.md", "draft: true"],
  ])("%s says %j", (path, text) => {
    expect(textOf(imported, path)).toContain(text);
  });

  test("what is no postmortem is left behind by name", () => {
    expect(said(imported)).toEqual(
      expect.arrayContaining([
        "README.md README.md — a page about the collection; left behind",
        "reports/template.md template.md — a template; left behind",
        "reports/undated.md no time — nothing says when it was; carried as a draft until it is dated",
      ]),
    );
    expect(imported.counts).toMatchObject({ incidents: 5, maintenance: 0 });
  });
});
