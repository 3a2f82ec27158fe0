import { type Page, readPages } from "../front/front-matter.ts";
import { textOf } from "../front/value.ts";
import type { Note } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { Slugs } from "../slug.ts";
import { readText } from "../text/foreign-text.ts";
import type { Issue } from "./incident.ts";
import { addressPart, type Source } from "./layout.ts";

/** The incidents among the pages; those in the site's own language first, so that theirs are the plain addresses. */
export function issuesIn(sources: readonly Source[], remarks: Remarks): Issue[] {
  const slugs = new Slugs();
  const ordered = [...sources].sort((a, b) => Number(a.language !== undefined) - Number(b.language !== undefined));
  return ordered.flatMap((source) => {
    const note = remarks.on(source.file.path);
    const pages = pagesOf(source, note);
    return pages.map((page, index): Issue => {
      const wished = source.language === undefined ? source.name : `${source.name}-${source.language}`;
      const slug = slugs.take(wished, "incident");
      const formers = index === 0 ? formersOf(page, source, slug) : [];
      return { page, source, slug, formers, note };
    });
  });
}

/** Files that stand among the pages and hold none. */
const NO_PAGE = /\.(?:tpl|template|example|png|jpe?g|gif|webp|avif|svg|pdf|css|js)$/i;
const SECTION_PAGE = /(?:^|\/)_index\.[a-z]+$/i;

/** The incidents in a file: none when it is another kind of page. Only then its remarks are said. */
function pagesOf({ file, isAmongIncidents, isPage }: Source, note: Note): Page[] {
  if (file.bytes.length === 0 || NO_PAGE.test(file.path) || !(isPage || isAmongIncidents)) return [];
  const remarks: Parameters<Note>[] = [];
  const keep: Note = (...remark) => void remarks.push(remark);
  const pages = readPages(readText(file, keep), keep);
  const [first] = pages;
  const section = first?.fields.get("section");
  const named = textOf(section?.value).toLowerCase();
  const isInPlace = isAmongIncidents && !SECTION_PAGE.test(file.path) && (isPage || first?.hasFrontMatter === true);
  if (named !== "issue" && !isInPlace) return [];
  for (const remark of remarks) note(...remark);
  if (named !== "issue" && named !== "") {
    note(`section: ${named}`, "it stands among the incidents, so it was carried as one", section?.line);
  }
  return pages;
}

/** Where the page was on the old site: by its name, or by what its front matter says instead. */
function formersOf({ fields }: Page, source: Source, slug: string): string[] {
  const url = textOf(fields.get("url")?.value);
  const own = textOf(fields.get("slug")?.value);
  const named = own === "" ? source.address : source.address.replace(/[^/]+\/$/, `${addressPart(own)}/`);
  const aliases = [fields.get("aliases")?.value ?? []].flat().map((alias) => textOf(alias));
  const all = [url === "" ? named : url, ...aliases].map((path) =>
    path.replace(/^(?!\/)/, "/").replace(/[\s?#].*$/, ""),
  );
  return [...new Set(all)].filter((path) => path !== "/" && path.replace(/\/$/, "") !== `/incidents/${slug}`);
}
