import { ago, DAY, MINUTE, noonAgo, writeEntry } from "./content.ts";

/** As many updates as one incident may have. */
export const MOST_UPDATES = 1000;

export const LONG_TITLE = "Ununterbrochen".repeat(15).slice(0, 200);

export const ARABIC_TITLE = "انقطاع خدمة الدفع";

/** Letters with more marks above and below than any line has room for. */
export const STACKED = [..."Stacked"]
  .map((letter) => letter + "\u0301\u0302\u0303\u0304\u0323\u0324".repeat(4))
  .join("");

/** Writes incidents that are allowed and that a page was hardly made for. */
export function writeStrange(folder: string): void {
  writeEntry(folder, "strange/long-title", {
    title: LONG_TITLE,
    impact: "minor",
    components: ["unbroken", "archive"],
    started: noonAgo(7),
    updates: [
      { at: noonAgo(7, 5), status: "resolved", body: `${"Zusammengesetzt".repeat(30)} \`${"code".repeat(60)}\`` },
    ],
    tags: ["a-tag-of-fifty-characters-without-a-single-space-x"],
  });
  writeEntry(
    folder,
    "strange/right-to-left",
    {
      title: ARABIC_TITLE,
      impact: "major",
      components: ["checkout"],
      started: noonAgo(8),
      updates: [{ at: noonAgo(8, 30), status: "resolved", body: "عادت جميع المدفوعات إلى العمل. شكرا لصبركم." }],
    },
    "## ملخص\n\nتوقفت المدفوعات لمدة نصف ساعة، ثم عادت.\n",
  );
  writeEntry(folder, "strange/stacked-marks", {
    title: `${STACKED} 👩‍👩‍👧‍👦🇩🇰🔥`,
    impact: "none",
    started: noonAgo(9),
    updates: [{ at: noonAgo(9, 3), status: "resolved", body: `${STACKED} 👍🏽 `.repeat(12) }],
  });
  writeEntry(
    folder,
    "strange/harmless-html",
    {
      title: '<b>Not bold</b> & "quoted" </title><script>alert(1)</script>',
      impact: "none",
      started: noonAgo(10),
      updates: [
        { at: noonAgo(10, 3), status: "resolved", body: "5 < 6 && 7 > 6 <kbd>Ctrl</kbd> &lt;script&gt; </div></main>" },
      ],
      actions: [{ title: "</li></ul><h1>Not a heading</h1>" }],
    },
    HARMLESS,
  );
  writeEntry(folder, "strange/thousand-updates", {
    title: "A thousand updates",
    impact: "minor",
    components: ["search"],
    started: ago(40 * DAY),
    updates: Array.from({ length: MOST_UPDATES }, (_, index) => ({
      at: ago(40 * DAY - index * MINUTE),
      status: index === MOST_UPDATES - 1 ? "resolved" : "update",
      body: `Minute ${index + 1} of a long night.`,
    })),
  });
  writeEntry(folder, "strange/only-a-start", {
    title: "Nothing was said",
    impact: "minor",
    started: noonAgo(11),
    ended: noonAgo(11, 20),
  });
}

const HARMLESS = `# A heading that would be the page’s

<details><summary>More</summary>

Folded text with <sub>sub</sub>, <sup>sup</sup>, <del>del</del> <ins>ins</ins> and <b>bold</b>.

</details>

</article></main></body></html>

<div class="skip overall">A block in the middle.</div>

<dl><dt>Term</dt><dd>What it means</dd></dl>

<table><tr><td>a cell<td>another</table>

<!-- a comment -->

<a href="#main" title="a &quot;title&quot;">A link to the page’s own part</a>
`;
