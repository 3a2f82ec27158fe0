import type { Note } from "../imported.ts";
import { cleanMarkdown } from "./markdown.ts";

/** A page's Markdown, and where in its file it begins. */
export interface PageText {
  readonly body: string;
  /** Line in the file at which `body` begins. */
  readonly bodyLine: number;
}

/** Where the page stood, and what is there with it. */
export interface PageHome {
  readonly note: Note;
  /** The old site's address, where it is known. */
  readonly url?: string;
  /** The page's path on it. */
  readonly address: string;
  /** Former addresses of all incidents, with a slash at the end. */
  readonly formers: ReadonlySet<string>;
  /** Puts a picture beside the incident and says its name there; undefined when it is not at hand. */
  readonly picture: (address: string) => string | undefined;
}

/** How a text of a page becomes one of Candor's, with its pictures beside it; remarks name the line in the file. */
export function pageCleaner(
  { body, bodyLine }: PageText,
  { note, url, address, formers, picture }: PageHome,
): (text: string, from: number) => string {
  const base = url === undefined ? "" : new URL(url).pathname.replace(/\/$/, "");
  const lines = body.split("\n");
  const isFormer = (path: string) =>
    formers.has(
      path
        .slice(path.startsWith(`${base}/`) ? base.length : 0)
        .toLowerCase()
        .replace(/[?#].*$/, "")
        .replace(/\/?$/, "/"),
    );
  // The text was tidied on its way here, so a line is found again by its words.
  const lineOf = (words: string, from: number) => {
    const start = /^[^\n]{0,40}/.exec(words)?.[0] ?? "";
    const found = lines.findIndex((line, index) => bodyLine + index >= from && line.includes(start));
    return found === -1 ? from : bodyLine + found;
  };
  return (text, from) =>
    cleanMarkdown(text, {
      address: url === undefined ? undefined : `${url}${address}`,
      isFormer,
      picture,
      note: (what, reason, words) => note(what, reason, lineOf(words, from)),
    });
}
