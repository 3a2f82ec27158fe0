import { defaultSchema, type Options } from "rehype-sanitize";

const LOADING: readonly string[] = ["picture", "source"];

/** Elements that mean something and do nothing. */
const MORE = ["abbr", "caption", "cite", "dfn", "figcaption", "figure", "mark", "small", "time", "u", "wbr"];

/**
 * What HTML may stand in a report or an update: the elements and attributes GitHub allows, less those that load
 * something from elsewhere, and without any class or style of the author's own.
 */
export const SAFE: Options = {
  ...defaultSchema,
  tagNames: [...(defaultSchema.tagNames ?? []).filter((tag) => !LOADING.includes(tag)), ...MORE],
  ancestors: { ...defaultSchema.ancestors, caption: ["table"] },
  attributes: {
    ...defaultSchema.attributes,
    "*": [
      "align",
      "alt",
      "colSpan",
      "dateTime",
      "dir",
      "height",
      "id",
      "lang",
      "open",
      "rowSpan",
      "scope",
      "span",
      "start",
      "title",
      "value",
      "width",
    ],
    div: [],
    figure: [["className", "timeline-slot"]],
    h3: [["className", "sr-only"]],
    h4: [["className", "sr-only"]],
    input: [["disabled", true], ["type", "checkbox"], "checked"],
    ol: [...(defaultSchema.attributes?.["ol"] ?? []), "type"],
  },
  // Images are judged where they are placed: only those of the content folder are shown.
  protocols: { href: ["http", "https", "mailto", "tel"], cite: ["http", "https"], longDesc: ["http", "https"] },
  clobber: [],
};

/** Elements that can run, load or capture something: a text that holds one is refused rather than cleaned. */
export const DANGEROUS_ELEMENTS: ReadonlySet<string> = new Set([
  "applet",
  "audio",
  "base",
  "button",
  "embed",
  "form",
  "frame",
  "frameset",
  "iframe",
  "link",
  "math",
  "meta",
  "noscript",
  "object",
  "option",
  "param",
  "picture",
  "plaintext",
  "script",
  "select",
  "source",
  "style",
  "svg",
  "template",
  "textarea",
  "title",
  "video",
  "xmp",
]);

/** Whether an address in a link or an image uses a scheme that readers' browsers may be sent to. */
export function isSafeAddress(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip these characters before and in a scheme
  const bare = address.replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g, "");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  return scheme === undefined || ["http", "https", "mailto", "tel"].includes(scheme);
}
