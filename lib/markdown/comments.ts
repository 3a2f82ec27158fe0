import { visit } from "unist-util-visit";
import { parseMarkdown } from "./parse.ts";

/**
 * A text without its HTML comments, which are notes among authors: no page shows them, but its source would hold them
 * wherever it is handed on as it was written. What looks like one in code stays.
 */
export function withoutComments(markdown: string): string {
  if (!markdown.includes("<!--")) return markdown;
  const parts: string[] = [];
  let end = 0;
  visit(parseMarkdown(markdown), "html", ({ position }) => {
    const [from, to] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
    parts.push(markdown.slice(end, from), uncommented(markdown.slice(from, to)));
    end = to;
  });
  return parts.join("") + markdown.slice(end);
}

/** HTML without comments; one that never ends goes on to the end of the HTML. */
function uncommented(html: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = html.indexOf("<!--"); start !== -1; start = html.indexOf("<!--", at)) {
    parts.push(html.slice(at, start));
    // `<!-->` and `<!--->` are whole comments (HTML, section 13.2.5.43).
    const close = html.indexOf("-->", start + 2);
    at = close === -1 ? html.length : close + 3;
  }
  return parts.join("") + html.slice(at);
}
