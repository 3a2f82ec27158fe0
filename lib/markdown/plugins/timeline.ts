import type { Root } from "hast";
import type { Root as MarkdownRoot, Parent } from "mdast";
import type {} from "mdast-util-directive";
import type { Plugin } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { viewOf } from "../view.ts";

/** `::timeline` becomes an empty figure, to be filled after sanitising; any other directive is shown as it was written. */
export const remarkTimeline: Plugin<[], MarkdownRoot> = () => (root, file) => {
  visit(root, "leafDirective", (node, index, parent) => {
    if (node.name === "timeline") {
      node.data = { hName: "figure", hProperties: { className: ["timeline-slot"] } };
      node.children = [];
      return;
    }
    if (index === undefined) return;
    const value = String(file.value).slice(node.position?.start.offset, node.position?.end.offset);
    (parent as Parent).children[index] = { type: "paragraph", children: [{ type: "text", value }] };
    return SKIP;
  });
};

/** Fills the empty figures with the timeline, or takes them out where there is none. */
export const rehypeTimeline: Plugin<[], Root> = () => (root, file) => {
  const { timeline = [] } = viewOf(file);
  visit(root, "element", (element, index, parent) => {
    if (element.tagName !== "figure" || !element.properties["className"] || !parent || index === undefined) return;
    if (timeline.length === 0) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    element.properties = { className: ["timeline-figure"] };
    element.children = structuredClone([...timeline]);
    return SKIP;
  });
};
