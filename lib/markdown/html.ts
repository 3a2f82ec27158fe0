import type { ElementContent, Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import type { Root as MarkdownRoot, Parent } from "mdast";
import { toHast } from "mdast-util-to-hast";
import { SKIP, visit } from "unist-util-visit";
import { type Heading, refineHeadings } from "./headings.ts";
import { isolateIds, ownIds } from "./ids.ts";
import { parseMarkdown } from "./parse.ts";
import {
  highlightCode,
  leadLinks,
  modernise,
  nameTasks,
  type PlacedImage,
  placeImages,
  placeTimeline,
  scrollTables,
  showAlerts,
} from "./refine.ts";
import { SAFE } from "./safe.ts";

export interface HtmlOptions {
  /** Put before every identifier, so that several texts can stand on one page. */
  readonly prefix: string;
  /** The level of the topmost heading: 3 when the text stands under an `h2`. */
  readonly topHeading: 3 | 4;
  /** The published image for a relative address, if there is one. */
  readonly image: (address: string) => PlacedImage | undefined;
  /** Where a link leads, given where it was written to lead. */
  readonly link: (address: string) => string;
  /** What a `::timeline` draws. */
  readonly timeline?: readonly ElementContent[];
}

export interface Html {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/**
 * Turns GitHub-flavoured Markdown into HTML that is safe to put into a page. Everything the author wrote goes through
 * the sanitiser; what comes after it (`refine`) only adds elements and classes of our own.
 */
export function markdownToHtml(markdown: string, options: HtmlOptions): Html {
  const parsed = parseMarkdown(markdown);
  const written = toHast(markTimeline(parsed, markdown), {
    allowDangerousHtml: true,
    clobberPrefix: "",
    footnoteLabelTagName: `h${options.topHeading}`,
  });
  const safe = sanitize(raw(written as Nodes) as Nodes, SAFE);
  const root: Root = safe.type === "root" ? safe : { type: "root", children: [safe as ElementContent] };

  const headings = refineHeadings(root, options.topHeading, ownIds(root));
  isolateIds(root, options.prefix);
  placeImages(root, options.image);
  leadLinks(root, options.link);
  placeTimeline(root, options.timeline ?? []);
  showAlerts(root);
  nameTasks(root);
  modernise(root);
  scrollTables(root);
  highlightCode(root);
  return { html: toHtml(root), headings: headings.map((each) => ({ ...each, id: options.prefix + each.id })) };
}

/** `::timeline` becomes an empty figure, to be filled after sanitising; any other directive is shown as it was written. */
function markTimeline(root: MarkdownRoot, markdown: string): MarkdownRoot {
  visit(root, ["leafDirective", "containerDirective"], (node, index, parent) => {
    if (node.type === "leafDirective" && node.name === "timeline") {
      node.data = { hName: "figure", hProperties: { className: ["timeline-slot"] } };
      node.children = [];
      return;
    }
    if (index === undefined) return;
    const value = markdown.slice(node.position?.start.offset, node.position?.end.offset);
    (parent as Parent).children[index] = { type: "paragraph", children: [{ type: "text", value }] };
    return SKIP;
  });
  return root;
}
