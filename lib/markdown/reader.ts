import type {} from "mdast-util-directive";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkCjkStrikethrough from "remark-cjk-friendly-gfm-strikethrough";
import remarkDirective from "remark-directive";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { remarkNarrowSyntax } from "./plugins/narrow-syntax.ts";

/** “5~10” is a range: only two tildes strike. */
const TILDES = { singleTilde: false } as const;

/**
 * How texts are read, by whatever shows or checks them: GitHub-flavoured Markdown with leaf directives, and with emphasis
 * that ends at the punctuation of Chinese, Japanese and Korean, whose words have no spaces between them.
 */
export const reader = unified()
  .use(remarkParse)
  .use(remarkGfm, TILDES)
  .use(remarkCjkFriendly)
  .use(remarkCjkStrikethrough, TILDES)
  .use(remarkDirective)
  .use(remarkNarrowSyntax)
  .freeze();
