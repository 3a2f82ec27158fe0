import type { Element, ElementContent, Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { common, createLowlight } from "lowlight";
import type { Plugin } from "unified";
import { visit } from "unist-util-visit";

/** Colouring takes time that grows with the square of a block's length: past these it costs more than it tells. */
const LONGEST_COLOURED_CODE = 5_000;
const MOST_COLOURED_CODE = 20_000;

const lowlight = createLowlight(common);

/** Colours code in a language that was named, and makes every block reachable by keyboard. */
export const rehypeCode: Plugin<[], Root> = () => (root) => {
  let left = MOST_COLOURED_CODE;
  visit(root, "element", (element) => {
    if (element.tagName !== "pre") return;
    element.properties["tabIndex"] = 0;
    const code = element.children.find(
      (child): child is Element => child.type === "element" && child.tagName === "code",
    );
    const language = [code?.properties["className"]].flat().map((name) => /^language-(.+)$/.exec(String(name))?.[1])[0];
    if (!code) return;
    const source = textOf(code);
    if (language === undefined || !lowlight.registered(language)) return;
    if (source.length > Math.min(LONGEST_COLOURED_CODE, left)) return;
    left -= source.length;
    code.children = lowlight.highlight(language, source).children as ElementContent[];
  });
};
