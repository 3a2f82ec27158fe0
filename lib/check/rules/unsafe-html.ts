import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { DANGEROUS_ELEMENTS, isSafeAddress } from "#lib/markdown/safe.ts";
import type { Rule } from "../rule.ts";

export const unsafeHtml: Rule = {
  id: "unsafe-html",
  severity: "error",
  summary: "HTML in a text neither runs nor loads anything.",
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
};

function firstDanger(html: string): string | undefined {
  // The parser drops a few elements outside their place, so their opening is looked for in the text as well.
  const opening = /<\s*([a-z][a-z0-9]*)/gi;
  for (const [, tag = ""] of html.matchAll(opening)) {
    if (DANGEROUS_ELEMENTS.has(tag.toLowerCase())) return `<${tag.toLowerCase()}>`;
  }
  let danger: string | undefined;
  visit(fromHtml(html, { fragment: true }), "element", ({ properties }: Element) => {
    for (const [name, value] of Object.entries(properties)) {
      if (/^on/i.test(name)) danger ??= `The event handler “${name.toLowerCase()}”`;
      if (name === "style") danger ??= "A style of its own";
      if (["href", "src", "cite"].includes(name) && !isSafeAddress(String(value))) danger ??= "That kind of address";
    }
  });
  return danger;
}
