import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { DANGEROUS_ELEMENTS, isSafeAddress } from "#lib/markdown/safe.ts";
import type { Rule } from "../rule.ts";

export const unsafeHtml: Rule = {
  id: "unsafe-html",
  severity: "error",
  summary: "HTML in a text neither runs nor loads anything.",
  why: "Whoever can write into the content folder must not be able to run script in a reader's browser. HTML is allowed as far as GitHub allows it, without script, styles, frames, forms and event handlers.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "html") continue;
      const found = firstDanger(value);
      if (found === undefined) continue;
      yield {
        place,
        message: `${found} is not allowed in a text.`,
        remedy: "Remove it; write code that should be shown between back-ticks.",
      };
    }
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

Press <kbd>Ctrl</kbd>, or write \`<script>\` between back-ticks.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

<b onclick="go()">Press here</b>
`,
        "6:1 The event handler “onclick” is not allowed in a text.",
      ],
      [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

<iframe src="https://example.com"></iframe>
`,
        "6:1 <iframe> is not allowed in a text.",
      ],
    ],
  },
};

/** Attributes that hold an address; those of links and images are judged with all other links and images. */
const ADDRESSES = new Set([
  ...["action", "background", "cite", "codeBase", "data", "dynSrc", "formAction", "href", "longDesc", "lowSrc"],
  ...["manifest", "ping", "poster", "profile", "src", "srcSet", "xLinkHref"],
]);

/** Elements that the parser drops where they stand alone, and their attributes with them. */
const MISPLACED = /<(\/?)(?=(?:html|head|body|frame|frameset|caption|col|colgroup|t(?:body|d|foot|h|head|r))\b)/gi;

function firstDanger(html: string): string | undefined {
  // The parser drops a few elements outside their place, so their opening is looked for in the text as well.
  const opening = /<\s*([a-z][a-z0-9]*)/gi;
  for (const [, tag = ""] of html.matchAll(opening)) {
    if (DANGEROUS_ELEMENTS.has(tag.toLowerCase())) return `<${tag.toLowerCase()}>`;
  }
  let danger: string | undefined;
  visit(fromHtml(html.replace(MISPLACED, "<$1x-"), { fragment: true }), "element", (element) => {
    danger ??= dangerOf(element);
  });
  return danger;
}

function dangerOf({ tagName, properties }: Element): string | undefined {
  for (const [name, value] of Object.entries(properties)) {
    if (/^on/i.test(name)) return `The event handler “${name.toLowerCase()}”`;
    if (name === "style") return "A style of its own";
    const isJudged = (tagName === "a" && name === "href") || (tagName === "img" && name === "src");
    if (ADDRESSES.has(name) && !isJudged && !isSafeAddress(String(value))) {
      return `Such an address in “${name.toLowerCase()}”`;
    }
  }
  return undefined;
}
