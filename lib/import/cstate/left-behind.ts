import { readText } from "../foreign-text.ts";
import { type ForeignFile, unsaid } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readPages } from "./front-matter.ts";
import type { Source } from "./layout.ts";
import { textOf } from "./value.ts";

/** What became of the given files. */
export interface Fates {
  readonly root: string;
  /** Files that may be pages. */
  readonly sources: readonly Source[];
  /** Files that were carried, one way or another. */
  readonly carried: ReadonlySet<ForeignFile>;
}

/** Files that say nothing: they keep a folder in git, or an operating system made them. */
const PLACEHOLDER = /(?:^|\/)(?:\.gitkeep|\.keep|\.DS_Store|Thumbs\.db)$/;

/** Remarks every file that is not carried: pages one by one, what lies beside the content by its folder. */
export function noteLeftBehind(
  given: readonly ForeignFile[],
  { root, sources, carried }: Fates,
  remarks: Remarks,
): void {
  const content = new Map(sources.map((source) => [source.file, source]));
  const beside = new Map<string, number>();
  for (const file of given) {
    if (carried.has(file) || file.bytes.length === 0 || PLACEHOLDER.test(file.path)) continue;
    const source = content.get(file);
    if (source) {
      remarks.on(file.path)(nameOf(source), reasonOf(source));
    } else {
      const path = file.path.slice(root.length);
      const top = path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : path;
      beside.set(top, (beside.get(top) ?? 0) + 1);
    }
  }
  for (const [top, count] of beside) {
    const what = top.endsWith("/") ? `${count} ${count === 1 ? "file" : "files"} in ${top}` : top;
    remarks.on(root + top)(what, "no incident and not shown by one; left behind");
  }
}

function nameOf({ file, isPage }: Source): string {
  if (!isPage) return file.path.slice(file.path.lastIndexOf("/") + 1);
  const [page] = readPages(readText(file, unsaid), unsaid);
  const title = textOf(page?.fields.get("title")?.value);
  return title === "" ? "a page" : `the page “${title}”`;
}

function reasonOf({ isPage }: Source): string {
  return isPage
    ? "it is no incident (its section is not “issue”); left behind"
    : "Hugo makes no page of it and no incident shows it; left behind";
}
