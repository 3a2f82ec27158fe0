import { isPlaceholder, noteBeside } from "../carried.ts";
import { readPages } from "../front/front-matter.ts";
import { textOf } from "../front/value.ts";
import { type ForeignFile, unsaid } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";
import type { Source } from "./layout.ts";

/** What became of the given files. */
export interface Fates {
  readonly root: string;
  /** Files that may be pages. */
  readonly sources: readonly Source[];
  /** Files that were carried, one way or another. */
  readonly carried: ReadonlySet<ForeignFile>;
}

/** Remarks every file that is not carried: pages one by one, what lies beside the content by its folder. */
export function noteLeftBehind(
  given: readonly ForeignFile[],
  { root, sources, carried }: Fates,
  remarks: Remarks,
): void {
  const content = new Map(sources.map((source) => [source.file, source]));
  const beside: ForeignFile[] = [];
  for (const file of given) {
    if (carried.has(file) || isPlaceholder(file)) continue;
    const source = content.get(file);
    if (source) remarks.on(file.path)(nameOf(source), reasonOf(source));
    else beside.push(file);
  }
  noteBeside(beside, root, remarks);
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
