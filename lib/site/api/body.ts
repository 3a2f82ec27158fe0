import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";

/** Without GitHub's additions: they make links of bare addresses, and texts that no longer say where they stood. */
const commonMark = unified().use(remarkParse).freeze();

/**
 * A text as programs show it, who know nothing of Markdown's escapes: the Markdown as written, with escaped letters,
 * entities and hard line breaks as what they stand for.
 */
export function bodyText(markdown: string): string {
  if (!/[\\&]| {2}\n/.test(markdown)) return markdown;
  const parts: string[] = [];
  let end = 0;
  visit(commonMark.parse(markdown), ["text", "break"], (node) => {
    const [from, to] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
    const written = markdown.slice(from, to);
    const meant = node.type === "break" ? "\n" : "value" in node ? String(node.value) : "";
    // A text over several lines of a list or a quotation has their marks in it, which are part of its form.
    const isSameLines = written.split("\n").length === meant.split("\n").length;
    parts.push(markdown.slice(end, from), node.type === "break" || isSameLines ? meant : written);
    end = to;
  });
  return parts.join("") + markdown.slice(end);
}
