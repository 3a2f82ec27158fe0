import matter from "gray-matter";
import type { Problem } from "#lib/model/problem.ts";
import { quote } from "./quote.ts";

/** An incident file in its two parts. Offsets are characters from the file's beginning. */
export interface FrontMatter<Data> {
  /** What `read` made of the YAML. */
  readonly data: Data;
  /** Where the YAML begins, on the line after the opening fence, and where it ends, before the closing one. */
  readonly yaml: readonly [from: number, to: number];
  /** Where the report begins. */
  readonly bodyAt: number;
}

/** Why a file has no front matter that could be read. */
export type FenceFault = Pick<Problem, "rule" | "message" | "remedy"> & { readonly line: number };

/**
 * gray-matter merges its own engines into the table it is given: one evaluates the front matter as JavaScript. These take
 * their places, so that the only reader is the one handed over. (It is never asked for another: a word behind the fence
 * is refused before.)
 */
const REFUSED = { javascript: refuse, json: refuse };

function refuse(): never {
  throw new TypeError("Front matter is YAML.");
}

/**
 * Splits an incident file at its fences, with gray-matter. It is always called with options, as it would otherwise keep
 * what it read in a cache by the file's content.
 * @param text the file without a byte order mark
 * @param read reads the YAML between the two offsets
 */
export function splitFrontMatter<Data extends object>(
  text: string,
  read: (yaml: readonly [from: number, to: number]) => Data,
): FrontMatter<Data> | FenceFault {
  const fault = openingFault(text) ?? emptyLinesFault(text);
  if (fault) return fault;

  // What gray-matter takes for the front matter runs from behind the opening fence to before the last line end.
  const rangeOf = (written: string) => [text.indexOf("\n") + 1, OPENING.length + written.length + 1] as const;
  const engines = { ...REFUSED, yaml: (written: string) => read(rangeOf(written)) };
  const file = matter(text, { language: "yaml", engines });
  if (OPENING.length + file.matter.length === text.length) {
    const remedy = "Add a line with “---” alone after the last key.";
    return { rule: "front-matter-fence", line: 1, message: "The front matter is not closed.", remedy };
  }
  const yaml = rangeOf(file.matter);
  const closing = text.slice(yaml[1]).split("\n", 1)[0] ?? "";
  if (!/^---[ \t]*\r?$/.test(closing)) {
    const line = text.slice(0, yaml[1]).split("\n").length;
    const message = `The front matter ends with ${quote(closing.trim())}.`;
    return { rule: "front-matter-fence", line, message, remedy: "End it with “---” alone; indent what is text." };
  }
  // Front matter without a key is not handed to an engine (the library's types leave the mark for that out).
  const data = "isEmpty" in file && file.isEmpty === true ? read(yaml) : (file.data as Data);
  return { data, yaml, bodyAt: Math.min(yaml[1] + closing.length + 1, text.length) };
}

const OPENING = "---";

function openingFault(text: string): FenceFault | undefined {
  const first = (text.split("\n", 1)[0] ?? "").trimEnd();
  if (first === OPENING) return undefined;
  if (/^---[ \t]*\S/.test(first)) {
    return {
      rule: "front-matter-language",
      line: 1,
      message: `The front matter begins with “${first.slice(0, 40)}”.`,
      remedy: "Begin with “---” alone: front matter is always YAML.",
    };
  }
  if (first.startsWith("+++")) {
    const remedy = "Write it as YAML between two lines of “---”.";
    return { rule: "front-matter-language", line: 1, message: "The front matter is TOML.", remedy };
  }
  return {
    rule: "front-matter-fence",
    line: 1,
    message: "The file has no front matter.",
    remedy: "Begin the file with a line “---”, the keys, and a line “---”.",
  };
}

/** gray-matter looks for comments in a time that grows with the square of the number of empty lines in a row. */
const MOST_EMPTY_LINES = 200;

function emptyLinesFault(text: string): FenceFault | undefined {
  const end = text.indexOf("\n---", OPENING.length);
  let empty = 0;
  for (const [index, line] of text
    .slice(0, end === -1 ? undefined : end)
    .split("\n")
    .entries()) {
    empty = line.trim() === "" ? empty + 1 : 0;
    if (empty > MOST_EMPTY_LINES) {
      const message = `The front matter has more than ${MOST_EMPTY_LINES} empty lines in a row.`;
      return { rule: "too-large", line: index + 1, message, remedy: "Remove them." };
    }
  }
  return undefined;
}
