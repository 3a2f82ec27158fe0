import { expect, test } from "vitest";
import { checkTexts } from "./check-texts.ts";

const rulesOf = (text: string) => checkTexts({ "2026/a.md": text }).problems.map(({ rule }) => rule);

test("one look finds what is wrong with the texts and names of a file whose front matter has errors as well", () => {
  const text =
    "---\ntitle: A\nimpact: huge\ncomponents: { apo: major_outage }\nupdates:\n  - at: noon\n    status: resolved\n    body: <script>a</script>\n---\n[x](javascript:a)\n";
  expect(rulesOf(text)).toEqual(["unknown-value", "unknown-component", "bad-time", "unsafe-html", "unsafe-link"]);
});

test("one look finds what is wrong with a report below front matter that is no YAML", () => {
  expect(rulesOf("---\ntitle: [A\n---\n<script>a</script>\n")).toEqual(["yaml-syntax", "unsafe-html"]);
});

test("a merge that was not finished is told as that, wherever in the file it is, and a heading is none", () => {
  const merge = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n";
  const front = "---\ntitle: A\nstarted: 2026-03-02T10:00Z\nended: 2026-03-02T11:00Z\nimpact: minor\n---\n";
  expect(rulesOf(front + merge)).toEqual(["conflict-marker"]);
  expect(rulesOf(`---\n${merge}---\n`)).toEqual(["conflict-marker"]);
  expect(rulesOf(`${front}What happened\n=======\nIt failed for an hour.\n`)).not.toContain("conflict-marker");
});
