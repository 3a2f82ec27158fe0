import rehypeSanitize from "rehype-sanitize";
import rehypeSlug from "rehype-slug";
import rehypeStringify from "rehype-stringify";
import remarkRehype from "remark-rehype";
import { rehypeAlerts } from "./plugins/alerts.ts";
import { rehypeCode } from "./plugins/code.ts";
import { rehypeFootnotes } from "./plugins/footnotes.ts";
import { rehypeHeadings } from "./plugins/headings.ts";
import { rehypeHtml } from "./plugins/html.ts";
import { rehypeIsolateIds, rehypeOwnIds } from "./plugins/ids.ts";
import { rehypeImages } from "./plugins/images.ts";
import { rehypeLinks } from "./plugins/links.ts";
import { rehypeSuccessors } from "./plugins/successors.ts";
import { rehypeTables } from "./plugins/tables.ts";
import { rehypeTasks } from "./plugins/tasks.ts";
import { rehypeTimeline, remarkTimeline } from "./plugins/timeline.ts";
import { reader } from "./reader.ts";
import { SAFE } from "./safe.ts";
import type { Heading, HtmlOptions } from "./view.ts";

export interface Html {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/**
 * Everything the author wrote goes through the sanitiser; what comes after it only adds elements and classes of our own,
 * so that the sanitiser needs no holes for them.
 */
const writer = reader()
  .use(remarkTimeline)
  .use(remarkRehype, {
    allowDangerousHtml: true,
    clobberPrefix: "",
    footnoteLabelTagName: "h3",
    footnoteBackLabel: numberOf,
  })
  .use(rehypeHtml)
  .use(rehypeSanitize, SAFE)
  .use(rehypeOwnIds)
  .use(rehypeSlug)
  .use(rehypeHeadings)
  .use(rehypeFootnotes)
  .use(rehypeIsolateIds)
  .use(rehypeImages)
  .use(rehypeLinks)
  .use(rehypeTimeline)
  .use(rehypeAlerts)
  .use(rehypeTasks)
  .use(rehypeSuccessors)
  .use(rehypeTables)
  .use(rehypeCode)
  .use(rehypeStringify)
  .freeze();

/** “2-3” is the third reference to the second footnote. Both are counted, the note from 0. */
function numberOf(note: number, reference: number): string {
  return reference > 1 ? `${note + 1}-${reference}` : String(note + 1);
}

/** Turns a text of an author's into HTML that is safe to put into a page. */
export function markdownToHtml(markdown: string, view: HtmlOptions): Html {
  const file = writer.processSync({ value: markdown, data: { view } });
  return { html: String(file), headings: file.data.headings ?? [] };
}
