import type { ForeignFile } from "../imported.ts";
import { unsaid } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";

/** A file that holds a postmortem. */
export interface Source {
  readonly file: ForeignFile;
  /** Its name without extensions. */
  readonly name: string;
  /** Where it was on a site made of these files. */
  readonly address: string;
  /** Folder of the file, for pictures kept beside it. */
  readonly folder: string;
  readonly isMdx: boolean;
}

const MARKDOWN = /(?:\.html?)?\.(?:md|markdown|mdown|mdx|mkd)(?:\.erb)?$/i;
/** Files that collections keep beside their postmortems. */
const ASIDE = /^(?:readme|license|licence|contributing|changelog|code_of_conduct|security|summary|index|_index)$/i;
/** Folders that a site's generator takes its pages from; they are no part of an address. */
const ROOTS = /^(?:(?:source|src|content|docs|site|pages)\/)+/;
const INCIDENTS = /(?:^|\/)(?:incidents?|post-?mortems?|incident-reports?)\//i;

/** The postmortems among the files; Markdown that is none is remarked by its name. */
export function sourcesIn(files: readonly ForeignFile[], remarks: Remarks): Source[] {
  const pages = files.filter((file) => isMarkdown(file));
  const hasFolder = pages.some(({ path }) => INCIDENTS.test(path));
  return pages.flatMap((file): Source[] => {
    const base = file.path.slice(file.path.lastIndexOf("/") + 1);
    const name = base.replace(MARKDOWN, "");
    const reason = reasonAgainst(name, hasFolder && !INCIDENTS.test(file.path));
    if (reason !== undefined) {
      remarks.on(file.path)(base, `${reason}; left behind`);
      return [];
    }
    return [
      {
        file,
        name,
        address: addressOf(file.path),
        folder: file.path.slice(0, -base.length),
        isMdx: /\.mdx$/i.test(base),
      },
    ];
  });
}

/** By its name; one without an extension by its first characters. */
function isMarkdown(file: ForeignFile): boolean {
  if (file.bytes.length === 0) return false;
  if (MARKDOWN.test(file.path)) return true;
  if (/(?:^|\/)\.|\.[a-z0-9]{1,5}$/i.test(file.path)) return false;
  return /^\s*(?:#\s+\S|---[ \t]*\n|\+{3}[ \t]*\n)/.test(readText(file, unsaid));
}

function reasonAgainst(name: string, isBeside: boolean): string | undefined {
  if (ASIDE.test(name)) return "a page about the collection";
  if (/template|\byyyy\b|example-postmortem/i.test(name)) return "a template";
  return isBeside ? "it stands beside the folder of incidents" : undefined;
}

/** `_posts/2020-01-02-name.md` was `/2020/01/02/name.html` where Jekyll made the site; anything else is where its path says. */
function addressOf(path: string): string {
  const isPage = /\.html?\.(?:md|markdown)(?:\.erb)?$/i.test(path);
  const plain = path.replace(MARKDOWN, isPage ? ".html" : "").replace(ROOTS, "");
  const post = /^(?:.*\/)?_posts\/(\d{4})-(\d{2})-(\d{2})-([^/]+)$/.exec(plain);
  const address = post ? `/${post.slice(1).join("/")}.html` : `/${plain}`;
  return encodeURI(address.toWellFormed()).replace(/[?#]/g, encodeURIComponent);
}
