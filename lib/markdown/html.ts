import type { ElementContent, Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import type { Root as MarkdownRoot } from "mdast";
import { toHast } from "mdast-util-to-hast";
import { type Heading, refineHeadings } from "./headings.ts";
import { parseMarkdown } from "./parse.ts";
import {
  highlightCode,
  isolateIds,
  leadLinks,
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
  const written = toHast(markTimeline(parsed), {
    allowDangerousHtml: true,
    clobberPrefix: "",
    footnoteLabelTagName: `h${options.topHeading}`,
  });
  const safe = sanitize(raw(written as Nodes) as Nodes, SAFE);
  const root: Root = safe.type === "root" ? safe : { type: "root", children: [safe as ElementContent] };

  isolateIds(root, options.prefix);
  const headings = refineHeadings(root, options.topHeading, options.prefix);
  placeImages(root, options.image);
  leadLinks(root, options.link);
  placeTimeline(root, options.timeline ?? []);
  showAlerts(root);
  nameTasks(root);
  scrollTables(root);
  highlightCode(root);
  return { html: toHtml(root), headings };
}

/** `::timeline` becomes an empty figure, to be filled after sanitising; any other directive is shown as it was written. */
function markTimeline(root: MarkdownRoot): MarkdownRoot {
  for (const [index, node] of root.children.entries()) {
    if (node.type !== "leafDirective") continue;
    if (node.name === "timeline") {
      node.data = { hName: "figure", hProperties: { className: ["timeline-slot"] } };
    } else {
      root.children[index] = { type: "paragraph", children: [{ type: "text", value: `::${node.name}` }] };
    }
  }
  return root;
}
