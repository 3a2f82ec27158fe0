import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { markdownToPlain } from "#lib/markdown/plain.ts";
import { toHtml } from "./html-text.ts";

const FOLDER = resolve(import.meta.dirname, "../../lib/markdown/plugins");

/** What each plugin does: what was written, and what is shown of it. */
const EXAMPLES: Readonly<Record<string, readonly (readonly [markdown: string, shown: string])[]>> = {
  "alert-words": [["> [!NOTE]\n> It is over.", "Note: It is over."]],
  alerts: [
    [
      "> [!NOTE]\n> It is over.",
      '<div class="alert alert-note" role="note"><p class="alert-title">Note</p>\n<p>It is over.</p>\n</div>',
    ],
  ],
  code: [
    [
      "```js\nlet a\n```",
      '<pre tabindex="0"><code class="language-js"><span class="hljs-keyword">let</span> a\n</code></pre>',
    ],
    ["```nolanguage\nlet a\n```", '<pre tabindex="0"><code class="language-nolanguage">let a\n</code></pre>'],
  ],
  headings: [
    ["# A", '<h3 id="p-a">A<a href="#p-a" class="permalink" aria-label="Link to “A”">#</a></h3>'],
    [
      "# Updates",
      '<h3 id="p-section-updates">Updates<a href="#p-section-updates" class="permalink" aria-label="Link to “Updates”">#</a></h3>',
    ],
  ],
  footnotes: [
    [
      "a[^1]\n\n[^1]: b",
      [
        '<p>a<sup><a href="#p-fn-1" id="p-fnref-1" data-footnote-ref="" aria-describedby="p-footnote-label">1</a></sup></p>',
        '<section data-footnotes="" class="footnotes"><h3 class="sr-only" id="p-footnote-label">Footnotes</h3>',
        "<ol>",
        '<li id="p-fn-1">',
        '<p>b <a href="#p-fnref-1" data-footnote-backref="" aria-label="Back to reference 1" class="data-footnote-backref">↩</a></p>',
        "</li>",
        "</ol>",
        "</section>",
      ].join("\n"),
    ],
  ],
  html: [["H<sub>2</sub>O <script>1</script>", "<p>H<sub>2</sub>O </p>"]],
  ids: [
    ['<b id="a">a</b> <b id="a">b</b>', '<p><b id="p-a">a</b> <b>b</b></p>'],
    ['<b id="main">a</b>', "<p><b>a</b></p>"],
  ],
  images: [
    [
      "![Rate](rate.png)",
      '<p><img src="/i/rate.png" alt="Rate" width="4" height="3" loading="lazy" decoding="async"></p>',
    ],
    [
      "![Rate](https://example.com/rate.png)",
      '<p><a href="https://example.com/rate.png" rel="noopener">Image: Rate</a></p>',
    ],
  ],
  links: [
    ["[a](https://example.com)", '<p><a href="https://example.com" rel="noopener">a</a></p>'],
    ["[a](b.md)", '<p><a href="/led/b.md">a</a></p>'],
  ],
  "narrow-syntax": [
    ["10:30am", "<p>10:30am</p>"],
    [":::note", "<p>:::note</p>"],
  ],
  successors: [["<strike>a</strike> <tt>b</tt>", "<p><s>a</s> <code>b</code></p>"]],
  tables: [
    [
      "|a|\n|-|",
      '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table></div>',
    ],
  ],
  tasks: [
    [
      "- [x] a",
      '<ul class="contains-task-list">\n<li class="task-list-item"><input type="checkbox" checked disabled aria-label="Done"> a</li>\n</ul>',
    ],
  ],
  timeline: [
    ["::timeline", '<figure class="timeline-figure">drawn</figure>'],
    ["::other", "<p>::other</p>"],
  ],
};

test.each(Object.entries(EXAMPLES).flatMap(([name, examples]) => examples.map((each) => [name, ...each] as const)))(
  "%s: %j is shown as %s",
  (name, markdown, shown) => {
    const { html } = toHtml(markdown, {
      prefix: "p-",
      image: (address) => (address === "rate.png" ? { url: "/i/rate.png", width: 4, height: 3 } : undefined),
      link: (address) => (address.endsWith(".md") ? `/led/${address}` : address),
      timeline: [{ type: "text", value: "drawn" }],
    });
    expect(name === "alert-words" ? markdownToPlain(markdown, "en", (address) => address) : html).toBe(shown);
  },
);

test("every plugin has an example", () => {
  const plugins = readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ""));
  expect(plugins.sort()).toEqual(Object.keys(EXAMPLES).sort());
});
