import { expect } from "@playwright/test";
import { fromHtml } from "hast-util-from-html";
import { HtmlValidate } from "html-validate";
import { visit } from "unist-util-visit";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // React writes a boolean attribute as selected="", which is the same.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    // A list may have a name; the rule would keep names to landmarks and what is operated.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A table that scrolls stands in a div with role=region, as authors’ text knows no section.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Boxes to tick may share a name: each that is ticked is sent.
    "form-dup-name": ["error", { shared: ["radio", "checkbox"] }],
    // An incident’s title is its author’s, and as long as the author likes.
    "long-title": "off",
    // The banner in other sites' frames asks again by itself: nothing is typed or read at length there.
    "meta-refresh": "off",
    // Markdown aligns the columns of a table, and the policy on styles leaves only the attribute for it.
    "no-deprecated-attr": "off",
  },
});

/** What html-validate says of a page, each with its place. */
export async function complaintsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector ?? "the page"}`),
  );
}

/** The scripts of readers' pages, of wallboards, and of the page for frames. */
const OURS = ["candor.js", "live.js", "wallboard.js", "wallboard-old.js", "embed-page.js", "share.js"];

/** Everything that may not stand in a page: scripts but our own files and data, styles or handlers inside the markup. */
export function trespassesOf(html: string, base = ""): string[] {
  const found: string[] = [];
  visit(fromHtml(html), "element", ({ tagName, properties }) => {
    const { src, href, rel } = properties;
    const isOurs =
      OURS.some((name) => src === `${base}/assets/${name}`) &&
      Object.keys(properties).every((key) => key === "src" || key === "defer");
    // Data for search engines: a browser runs nothing of it.
    const isData = properties["type"] === "application/ld+json" && Object.keys(properties).length === 1;
    if (tagName === "script" && !isOurs && !isData) found.push(`<script src="${src ?? ""}">`);
    if (tagName === "style") found.push("<style>");
    if (
      tagName === "link" &&
      !["stylesheet", "icon", "apple-touch-icon", "manifest", "canonical", "alternate"].includes(String(rel))
    )
      found.push(`<link rel="${rel}">`);
    if (/^\s*javascript:/i.test(String(href))) found.push(`<${tagName} href="${href}">`);
    for (const name of Object.keys(properties))
      if (/^(?:on.+|style|nonce)$/i.test(name)) found.push(`<${tagName} ${name}>`);
  });
  return found;
}

/** Holds a page against every rule for markup. */
export async function expectSound(html: string, base = ""): Promise<void> {
  expect(trespassesOf(html, base)).toEqual([]);
  expect(await complaintsOf(html)).toEqual([]);
}
