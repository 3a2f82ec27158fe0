import { expect, test } from "vitest";
import { importCstate } from "#lib/content/import/cstate.ts";
import { fixture } from "../sites.ts";
import { bodiesOf, CLOSED, fileOf, incident, one, remarks } from "./harbour.ts";

test("front matter that is no YAML is read line by line, with the line named", () => {
  const text = incident("2020-01-15-uber-the-gate-copy");
  expect(text).toContain(
    'title: "Gate: `lock` jammed"\ncomponents: { gate-example: major_outage, gate: major_outage }\n',
  );
  expect(text).toContain("redirects: [/issues/2020-01-15-über-the-gate-copy/]");
  expect(remarks("2020-01-15")[0]).toBe(
    "2: the front matter — it is not valid YAML (Nested mappings are not allowed in compact mappings); it was read line by line",
  );
});

test("several front matters in one file are several incidents", () => {
  expect(incident("2020-01-16-several")).toContain("title: First of two\ncomponents: { ferry: major_outage }\n");
  expect(incident("2020-01-16-several-2")).toContain("title: Second of two\n");
  expect(incident("2020-01-16-several-2")).not.toContain("redirects");
});

test("front matter in TOML keeps its times as written", () => {
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
  expect(fileOf(`${CLOSED}\npublished: false`, "Words.")).toContain("draft: true\n");
});

test.each([
  ["down", "major_outage"],
  ["disrupted", "partial_outage"],
  ["distrupted", "partial_outage"],
  ["Notice", "degraded_performance"],
  ["degraded", "degraded_performance"],
  ["downtime", "major_outage"],
])("severity %s is %s", (severity, effect) => {
  expect(fileOf(`severity: ${severity}\naffected: [Pump]`, "Words.")).toContain(`components: { pump: ${effect} }`);
});

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
      "30: <iframe src="https://video.example/1"> — <iframe> could run, load or capture something; left out",
      "30: </iframe> — <iframe> could run, load or capture something; left out",
      "30: the link “plan.html” — it was relative to the old page; now https://status.harbour.example/issues/2020-01-18-markup/plan.html",
      "30: the link to javascript:steal() — readers may not be sent there; its address was kept as text",
      "30: the link to /pages/tides — it leads to a page of the old site that is not carried; left as it was",
    ]
  `);
});

test("a file of any encoding and line end is read, without what hides in it", () => {
  expect(incident("2020-01-23-windows")).toContain("body: We have a *leak*.");
  expect(incident("2020-01-24-latin")).toContain("body: The café is shut.");
});

test.each([
  ["One.<br>\n\nTwo.", "One.\n\nTwo."],
  ["One.<br />\nTwo.", "One.\\\nTwo."],
  ["One.<br/><br/>Two.", "One.\n\nTwo."],
  ["<br />\nOne.\n<br>\n<br>\nTwo.", "One.\n\nTwo."],
  ["- item<br>still", "- item<br>still"],
  ["`<br>` stays", "`<br>` stays"],
])("the line breaks of %j", (body, expected) => {
  const [written] = bodiesOf(one(CLOSED, body));
  expect(written?.trim()).toBe(expected);
});
