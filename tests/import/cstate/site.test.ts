import { expect, test } from "vitest";
import { importCstate } from "#lib/content/import/cstate.ts";
import { fixture, readBack } from "../sites.ts";
import { harbour, incident, remarks } from "./harbour.ts";

test("the site is described by its configuration, category by category", () => {
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

test("the site loses nothing of its configuration in silence", () => {
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

test("site.yaml is written without a configuration too", () => {
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

test("the site is found in a folder below the one that was given", () => {
  const below = importCstate(fixture("bare").map(({ path, bytes }) => ({ path: `site/${path}`, bytes })));
  expect(below.counts.incidents).toBe(4);
  expect(incident("headers", below)).toContain("redirects: [/issues/headers/]");
});

test("what was read is counted", () => {
  expect(harbour.counts).toMatchObject({ read: 37, incidents: 28, maintenance: 1 });
});

test("other pages are left behind, and that is said", () => {
  expect(harbour.remarks.filter(({ reason }) => reason.endsWith("left behind"))).toMatchInlineSnapshot(`
    [
      {
        "file": "content/issues/_index.md",
        "kind": "lost",
        "reason": "it is no incident (its section is not “issue”); left behind",
        "what": "the page “All issues”",
      },
      {
        "file": "content/issues/template.md.tpl",
        "kind": "lost",
        "reason": "Hugo makes no page of it and no incident shows it; left behind",
        "what": "template.md.tpl",
      },
      {
        "file": "content/pages/about.md",
        "kind": "lost",
        "reason": "it is no incident (its section is not “issue”); left behind",
        "what": "the page “About the harbour”",
      },
      {
        "file": "static/",
        "kind": "lost",
        "reason": "no incident and not shown by one; left behind",
        "what": "1 file in static/",
      },
      {
        "file": "themes/",
        "kind": "lost",
        "reason": "no incident and not shown by one; left behind",
        "what": "1 file in themes/",
      },
    ]
  `);
});

const both = importCstate(fixture("two-languages"));

test("the same incident in another language is one of its own, tagged", () => {
  expect(both.files.map(({ path }) => path)).toEqual([
    "site.yaml",
    "2021/2021-05-05-bridge-da.md",
    "2021/2021-05-05-bridge.md",
    "2021/2021-06-06-bridge-da.md",
  ]);
  expect(incident("2021-05-05-bridge-da", both)).toContain("tags: [da]\nredirects: [/da/issues/2021-05-05-bridge/]\n");
  expect(remarks("dansk", both)[0]).toContain("the same incident in the site's own language is 2021-05-05-bridge");
});

test("a link to a former address stays without a remark", () => {
  expect(remarks("content/english/issues/2021-05-05", both).join("\n")).not.toContain("the link");
});

test("pictures are kept beside the incident that shows them", () => {
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
