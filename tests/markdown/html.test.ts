import { toString as textOf } from "hast-util-to-string";
import { h } from "hastscript";
import { expect, test } from "vitest";
import { markdownToText } from "#lib/markdown/parse.ts";
import { all, elementsOf, toHtml } from "./html-text.ts";

function html(markdown: string): string {
  return toHtml(markdown).html;
}

test.each(["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])(
  "an alert of the kind %s is a note with its title",
  (kind) => {
    const title = kind.charAt(0) + kind.slice(1).toLowerCase();
    expect(html(`> [!${kind}]\n> Words with **weight**.`).replaceAll("\n", "")).toBe(
      `<div class="alert alert-${kind.toLowerCase()}" role="note"><p class="alert-title">${title}</p><p>Words with <strong>weight</strong>.</p></div>`,
    );
  },
);

test("an alert may hold paragraphs, lists and nothing at all, and come with any line ends", () => {
  const rich = html("> [!WARNING]\r\n>\r\n> First.\r\n>\r\n> - a list");
  expect(rich).toMatch(/^<div class="alert alert-warning" role="note"><p class="alert-title">Warning<\/p>/);
  expect(all(rich, "p").map(textOf)).toEqual(["Warning", "First."]);
  expect(all(rich, "li")).toHaveLength(1);
  expect(all(html("> [!NOTE]"), "p").map(textOf)).toEqual(["Note"]);
});

test.each(["> [!DANGER]\n> a", "> [!NOTE] a", "> a\n> [!NOTE]", "> **[!NOTE]**\n> a"])(
  "%j is a quote like any other",
  (text) => {
    expect(all(html(text), "blockquote")).toHaveLength(1);
    expect(html(text)).not.toContain("alert");
  },
);

test("footnotes of two texts on one page do not meet", () => {
  const [one, two] = ["u1-", "u2-"].map(
    (prefix) => toHtml("A[^1] B[^1] C[^n]\n\n[^1]: one\n[^n]: more", { prefix }).html,
  );
  const ids = [one, two].map((each = "") =>
    elementsOf(each)
      .map(({ properties }) => properties["id"])
      .filter(Boolean),
  );
  expect(ids[0]?.filter((id) => ids[1]?.includes(id))).toEqual([]);
  for (const each of [one, two] as string[]) {
    const own = new Set(elementsOf(each).map(({ properties }) => properties["id"]));
    const links = all(each, "a").map(({ properties }) => String(properties["href"]));
    expect(links).toHaveLength(6);
    for (const link of links) expect(own).toContain(link.slice(1));
    const labels = elementsOf(each).flatMap(({ properties }) => [properties["ariaDescribedBy"] ?? []].flat());
    expect(labels.length).toBeGreaterThan(0);
    for (const label of labels) expect(own).toContain(label);
  }
});

test("the footnotes' own heading is for screen readers, and as high as the text's topmost", () => {
  const { html: text, headings } = toHtml("# One\n\n## Two\n\nx[^1]\n\n[^1]: a");
  const label = elementsOf(text).find(({ properties }) => properties["id"] === "r-footnote-label");
  expect(label).toMatchObject({ tagName: "h3", properties: { className: ["sr-only"] } });
  expect(headings.map(({ text: heading }) => heading)).toEqual(["One", "Two"]);
});

test("a table stands in a box of its own that scrolls and that a keyboard reaches", () => {
  expect(html("| a | b |\n|---|--:|\n| 1 | 2 |").replaceAll("\n", "")).toBe(
    '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>1</td><td align="right">2</td></tr></tbody></table></div>',
  );
});

test("a table of HTML keeps its caption", () => {
  const text = html("<table><caption>Hosts</caption><tr><th scope=row>a</th><td rowspan=2>b</td></tr></table>");
  expect(text.replaceAll("\n", "")).toContain(
    '<table><caption>Hosts</caption><tbody><tr><th scope="row">a</th><td rowspan="2">b</td>',
  );
  expect(html("<caption>Alone</caption>")).toBe("Alone");
});

test("a task's box says whether it is ticked, and cannot be", () => {
  expect(all(html("- [x] done\n- [ ] open\n- [X] done too"), "input").map(({ properties }) => properties)).toEqual([
    { type: "checkbox", checked: true, disabled: true, ariaLabel: "Done" },
    { type: "checkbox", disabled: true, ariaLabel: "Not done" },
    { type: "checkbox", checked: true, disabled: true, ariaLabel: "Done" },
  ]);
});

test.each([
  ["# a\n\n### b\n\n###### c\n\n## d\n\n# e", 3, [3, 4, 5, 4, 3]],
  ["## a\n\n## b", 3, [3, 3]],
  ["#### a\n\n# b\n\n## c", 3, [3, 3, 4]],
  ["###### a", 4, [4]],
  ["# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f", 4, [4, 5, 6, 6, 6, 6]],
  ["<h2>a</h2>\n\n> ### b\n\n- # c", 3, [3, 4, 3]],
] as const)("the headings of %j stand under the page's own and skip no level", (text, topHeading, levels) => {
  const { html: made, headings } = toHtml(text, { topHeading });
  expect(headings.map(({ level }) => level)).toEqual(levels);
  expect(elementsOf(made).flatMap(({ tagName }) => /^h(\d)$/.exec(tagName)?.[1] ?? [])).toEqual(levels.map(String));
});

test("a heading has an identifier by GitHub's rule, and a link to itself that says where it leads", () => {
  const { html: text, headings } = toHtml(
    "## Root cause: `a_b` & “more”\n\n## Root cause: `a_b` & “more”\n\n## 日本語\n\n## !",
  );
  expect(headings.map(({ id }) => id)).toEqual([
    "r-root-cause-a_b--more",
    "r-root-cause-a_b--more-1",
    "r-日本語",
    "r-section",
  ]);
  expect(headings[0]?.text).toBe("Root cause: a_b & “more”");
  expect(all(text, "a")[0]?.properties).toEqual({
    href: "#r-root-cause-a_b--more",
    className: ["permalink"],
    ariaLabel: "Link to “Root cause: a_b & “more””",
  });
  expect(
    elementsOf(text)
      .map(({ properties }) => properties["id"])
      .filter(Boolean),
  ).toEqual(headings.map(({ id }) => id));
});

test("a link to a heading of the same text leads there, whatever stands before its identifier", () => {
  for (const prefix of ["", "u1-"]) {
    const { html: text, headings } = toHtml("[x](#root-cause) [y](#größe) [z](#nowhere)\n\n# Root cause\n\n# Größe", {
      prefix,
    });
    const links = all(text, "a").map(({ properties }) => properties["href"]);
    expect(links.slice(0, 2)).toEqual(headings.map(({ id }) => `#${id}`));
    expect(links[2]).toBe("#nowhere");
  }
});

test("a heading whose identifier the page needs gets another, and links follow it", () => {
  const { html: text, headings } = toHtml("[x](#timeline)\n\n# Timeline", { prefix: "" });
  expect(headings[0]?.id).toBe("section-timeline");
  expect(all(text, "a")[0]?.properties["href"]).toBe("#section-timeline");
});

test("no identifier is given twice, by whomever it was chosen", () => {
  const text =
    '<a id="impact"></a> <a id="impact"></a>\n\n## Impact\n\n<h2 id="own">Other</h2>\n\n## Fn-1\n\n## Footnote label\n\nx[^1]\n\n[^1]: a';
  const { html: made, headings } = toHtml(text);
  const ids = elementsOf(made).flatMap(({ properties }) => properties["id"] ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(headings.map(({ id }) => id)).toEqual(["r-impact-1", "r-own", "r-fn-1-1", "r-footnote-label-1"]);
});

test("a hundred thousand headings do not overflow the stack", () => {
  expect(toHtml("# a\n".repeat(3000)).headings).toHaveLength(3000);
});

test("code in a language that is known is coloured, and any other is shown as it is", () => {
  const known = html("```js\nconst a = 1; // <b>\n```");
  expect(known).toContain('<span class="hljs-keyword">const</span>');
  expect(known).toContain("&#x3C;b>");
  expect(all(known, "pre")[0]?.properties).toEqual({ tabIndex: 0 });
  for (const language of ["nolanguage", "", "constructor", "__proto__"]) {
    expect(html(`\`\`\`${language}\nconst a = 1;\n\`\`\``)).not.toContain("hljs");
  }
  expect(html("    const a = 1;")).not.toContain("hljs");
});

test("what is in a block of code is the text that was written", () => {
  const code = "if (a < b && c > d) { return `x`; }\n\n\t# ünï — 😀";
  for (const language of ["", "js", "python", "xml", "diff"]) {
    expect(textOf(all(html(`\`\`\`${language}\n${code}\n\`\`\``), "code")[0] ?? h("x"))).toBe(`${code}\n`);
  }
});

test("too much code is shown without colours", () => {
  const block = (length: number) => `\`\`\`js\n${"const a = 1;\n".repeat(Math.floor(length / 13))}\`\`\`\n`;
  expect(html(block(4900))).toContain("hljs");
  expect(html(block(5100))).not.toContain("hljs");
  const many = all(html(block(4900).repeat(6)), "code").map((code) => JSON.stringify(code).includes("hljs"));
  expect(many).toEqual([true, true, true, true, false, false]);
});

test("the timeline is drawn wherever it is asked for, and nothing stands there when there is none", () => {
  const timeline = [h("svg", { role: "img" }), h("figcaption", "Times")];
  const drawn = toHtml("Before\n\n::timeline\n\n> ::timeline{.x #y}\n\n- ::timeline[z]\n\nAfter", { timeline }).html;
  expect(all(drawn, "figure").map(({ properties }) => properties)).toEqual(
    new Array(3).fill({ className: ["timeline-figure"] }),
  );
  expect(all(drawn, "figcaption").map(textOf)).toEqual(["Times", "Times", "Times"]);
  expect(drawn).not.toMatch(/::|[xyz]/);
  expect(html("Before\n\n::timeline\n\nAfter")).toBe("<p>Before</p>\n\n<p>After</p>");
});

test("a figure of the author's own is kept, and is not the timeline", () => {
  const text = toHtml("<figure><b>a</b><figcaption>Words</figcaption></figure>", { timeline: [h("svg")] }).html;
  expect(text).toBe("<figure><b>a</b><figcaption>Words</figcaption></figure>");
});

test.each([
  ["::chart[label]{a=b}", "<p>::chart[label]{a=b}</p>"],
  ["> ::chart", "<blockquote>\n<p>::chart</p>\n</blockquote>"],
  [":::note\nText\n:::", "<p>:::note\nText\n:::</p>"],
  ["10:30am, error:timeout, a::b", "<p>10:30am, error:timeout, a::b</p>"],
])("what is no directive of ours is shown as it was written: %j", (text, shown) => {
  expect(html(text)).toBe(shown);
});

test("an image beside the file is shown with its size, and fetched when it is seen", () => {
  const asked: string[] = [];
  const image = (address: string) => {
    asked.push(address);
    return address === "a.png" ? { url: "/files/0123/a.png", width: 30, height: 20 } : undefined;
  };
  const { html: text } = toHtml('![Rate](a.png "Title") ![](b.png) <img src="a.png" width=9 onerror=x>', { image });
  expect(asked).toEqual(["a.png", "b.png", "a.png"]);
  const placed = { src: "/files/0123/a.png", width: 30, height: 20, loading: "lazy", decoding: "async" };
  expect(all(text, "img").map(({ properties }) => properties)).toEqual([
    { ...placed, alt: "Rate" },
    { ...placed, alt: "" },
  ]);
  expect(text).toContain("Image: b.png");
});

test("an image from elsewhere is a link to it, for whoever wants to follow it", () => {
  expect(html("![Rate](https://example.com/a.png)")).toBe(
    '<p><a href="https://example.com/a.png" rel="noopener">Image: Rate</a></p>',
  );
  expect(html("[![Rate](https://example.com/a.png)](https://example.com)")).toBe(
    '<p><a href="https://example.com" rel="noopener">Image: Rate</a></p>',
  );
  expect(html("![Rate](//example.com/a.png) ![x](data:image/png;base64,A)")).not.toMatch(/<img|<a/);
});

test("links are led where they belong, and those that leave tell nothing of this window", () => {
  const { html: text } = toHtml("[a](b.md) [c](https://example.com) <https://example.com> [d](#e) [f](mailto:g@h.i)", {
    link: (address) => (address === "b.md" ? "/incidents/b" : address),
  });
  expect(all(text, "a").map(({ properties }) => [properties["href"], properties["rel"]])).toEqual([
    ["/incidents/b", undefined],
    ["https://example.com", ["noopener"]],
    ["https://example.com", ["noopener"]],
    ["#e", undefined],
    ["mailto:g@h.i", undefined],
  ]);
});

test("lists of HTML keep their kind and numbers", () => {
  expect(html('<ol type="a" start="3"><li value="5">x</li></ol>')).toBe(
    '<ol type="a" start="3"><li value="5">x</li></ol>',
  );
});

test.each([
  ["**Bold** [text](https://example.com) `code`", "Bold text code"],
  ["# Heading\n\nTwo\nlines\n\n- item\n\n<b>html</b>", "Heading Two lines item html"],
  ["![alt](a.png) &amp; &#33;", "& !"],
  ["<script>alert(1)</script>", ""],
  ["", ""],
])("read aloud, %j is %j", (text, spoken) => {
  expect(markdownToText(text, "en")).toBe(spoken);
});
