import { expect, test } from "vitest";
import { assetPath, isImagePath } from "#lib/markdown/asset-path.ts";
import { checkTexts, incident, problemsOf } from "./check-texts.ts";

const STARTED = "started: 2026-03-02";

/** What is said of a report; its text begins on the sixth line. */
function said(body: string, others: readonly string[] = []): string[] {
  return problemsOf(STARTED, `\n${body}\n`, others);
}

test.each([
  "Plain words, and a colon: 10:30am.",
  "[A link](https://example.com), <https://example.com>, www.example.com and help@example.com.",
  "[Mail](mailto:help@example.com), [call](tel:+4500000000), [a page](/history), [below](#cause), [](?a=b).",
  "[Another incident](own.md#cause) and [the same](../2026/own.md).",
  "`<script>` and `[x](javascript:y)` between back-ticks.",
  '```html\n<iframe src="javascript:alert(1)"></iframe>\n```',
  "    <script>indented code</script>",
  "::timeline",
  "> ::timeline",
  "10::20, std::string, and \\::chart",
  "<details><summary>More</summary>\n\nWords.\n\n</details>",
  '<kbd>Ctrl</kbd> + <kbd>C</kbd><br><sub>2</sub> <a href="https://example.com">there</a>',
  "1 < 2 and a<b and <3",
  "<!-- a comment -->",
  "&lt;script&gt;",
  "Footnote[^1]\n\n[^1]: [there](https://example.com)",
])("nothing is wrong with %j", (body) => {
  expect(said(body)).toEqual([]);
});

test.each([
  ["[x](other.md)", "6:1 dead-link: The link “other.md” leads nowhere."],
  ["[x](own.txt)", "6:1 dead-link: The link “own.txt” leads nowhere."],
  ["[x][y]\n\n[y]: other.md", "8:1 dead-link: The link “other.md” leads nowhere."],
  ['<a href="other.md">x</a>', "6:1 dead-link: The link “other.md” leads nowhere."],
  ["[x](../../../etc/passwd.md)", "6:1 dead-link: The link “../../../etc/passwd.md” leads nowhere."],
  ["[x](file:///etc/passwd)", "6:1 unsafe-link: The address “file:///etc/passwd” is not one a reader may be sent to."],
  ["<javascript:alert(1)>", "6:1 unsafe-link: The address “javascript:alert(1)” is not one a reader may be sent to."],
  ["[x](<java\nscript:alert(1)>)", ""],
  ["[x](localhost:3000)", "6:1 unsafe-link: The address “localhost:3000” is not one a reader may be sent to."],
  [
    "![x](data:image/png;base64,AA)",
    "6:1 unsafe-link: The address “data:image/png;base64,AA” is not one a reader may be sent to.",
  ],
  ["![x](chart.png)", "6:1 image: There is no image “2026/chart.png”."],
  ["![x](/chart.png)", "6:1 image: The image “/chart.png” lies outside the content folder."],
  ["![x](a\\b.png)", "6:1 image: The image “a\\b.png” lies outside the content folder."],
  ["![x](%2e%2e/%2e%2e/chart.png)", "6:1 image: The image “%2e%2e/%2e%2e/chart.png” lies outside the content folder."],
  ["![x](%zz.png)", "6:1 image: The image “%zz.png” lies outside the content folder."],
  ["![x](notes.pdf)", "6:1 image: “notes.pdf” is not a picture that browsers show."],
  [
    "![x](//example.com/a.png)",
    "6:1 remote-image: The image is on another server; readers will see a link to it instead.",
  ],
  ['<img src="chart.png" alt="x">', "6:1 image: There is no image “2026/chart.png”."],
  [
    'A <img src="https://example.com/a.png" alt="x">',
    "6:3 remote-image: The image is on another server; readers will see a link to it instead.",
  ],
  ['<img src="../good.png">', "6:1 image-alt: The image has no alternative text."],
  ["![][g]\n\n[g]: ../good.png", "6:1 image-alt: The image has no alternative text."],
  ["![ ](../good.png)", "6:1 image-alt: The image has no alternative text."],
  ["text ::chart", ""],
  ["- ::chart", "6:3 unknown-directive: There is no directive “::chart”."],
  ["> ::chart", "6:3 unknown-directive: There is no directive “::chart”."],
  [":::note\na\n:::", "6:1 unknown-directive: There is no directive “:::note”."],
  [
    "[^1]\n\n[^1]: [x](javascript:y)",
    "8:7 unsafe-link: The address “javascript:y” is not one a reader may be sent to.",
  ],
  [
    "| a |\n|---|\n| [x](javascript:y) |",
    "8:3 unsafe-link: The address “javascript:y” is not one a reader may be sent to.",
  ],
])("%j is told of at its place", (body, problem) => {
  expect(said(body, ["good.png"])).toEqual(problem === "" ? [] : [problem]);
});

test("images of good files are named once, wherever they are shown, and those of bad files are not", () => {
  const others = ["2026/a.png", "b.png", "c.png", "d.png"];
  const body = '![a](a.png) ![a](./a.png?x) <img src="../b.png" alt="b">\n\n![c][c]\n\n[c]: ../c.png\n';
  const files = {
    "2026/good.md": incident(STARTED, body),
    "2026/bad.md": incident(`${STARTED}\ncomponents: { none: operational }`, "![d](../d.png)\n"),
  };
  const { images, entries } = checkTexts(files, others);
  expect(entries.map(({ file }) => file)).toEqual(["2026/good.md"]);
  expect(images).toEqual(["2026/a.png", "b.png", "c.png"]);
});

test("an update's text is judged like the report, at its own place", () => {
  const updates =
    "updates:\n  - at: 2026-03-02\n    status: resolved\n    body: See [here](javascript:x) and [there](none.md)";
  expect(problemsOf(updates)).toEqual([
    "6:15 unsafe-link: The address “javascript:x” is not one a reader may be sent to.",
    "6:40 dead-link: The link “none.md” leads nowhere.",
  ]);
});

test.each([
  ["2026/a.md", "b.png", "2026/b.png"],
  ["2026/a.md", "./b/../c.png?d#e", "2026/c.png"],
  ["2026/a.md", "../b.png", "b.png"],
  ["a.md", "b%20c.png", "b c.png"],
  ["2026/a.md", "../../b.png", undefined],
  ["a.md", "..", undefined],
  ["a.md", "%2e%2e/b.png", undefined],
  ["a.md", "..%2fb.png", undefined],
  ["a.md", "..\\b.png", undefined],
  ["a.md", "..%5cb.png", undefined],
  ["a.md", "/etc/passwd", undefined],
  ["a.md", "%2fetc/passwd", undefined],
  ["a.md", "b%00.png", undefined],
  ["a.md", "%zz", undefined],
])("in %s the address %s means %s", (file, address, path) => {
  expect(assetPath(file, address)).toBe(path);
});

test("pictures are known by what follows the last dot", () => {
  expect(["a.png", "a.JPG", "a.jpeg", "a.b.webp", "a.svg", "a.avif", "a.gif"].every(isImagePath)).toBe(true);
  expect(["a.pdf", "png", "a.png.exe", "a.bmp", "a.png/b"].some(isImagePath)).toBe(false);
});
