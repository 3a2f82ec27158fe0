import type { Problem } from "#lib/model/problem.ts";

const MAX_BYTES = 1_000_000;

/**
 * The text of a file, or why it cannot be one: too large, not UTF-8, or holding characters that no editor shows.
 * Line ends stay as they are, so that places are those of the file; a byte order mark is taken off.
 */
export function readSource(file: string, bytes: Uint8Array): { text: string; problems: readonly Problem[] } {
  const refuse = (rule: string, message: string, remedy: string, line = 1, column = 1) => ({
    text: "",
    problems: [{ rule, severity: "error" as const, place: { file, line, column }, message, remedy }],
  });
  if (bytes.length > MAX_BYTES) {
    return refuse("too-large", "The file has more than 1 MB.", "Move logs and dumps elsewhere and link to them.");
  }

  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const { line, column } = firstBadByte(bytes);
    return refuse("not-utf8", "The file is not UTF-8 text.", "Save it as UTF-8 in your editor.", line, column);
  }

  const hidden = hiddenIn(text);
  if (hidden) {
    const before = text.slice(0, hidden.index);
    const { message, remedy } = hidden;
    return refuse(
      "hidden-character",
      message,
      remedy,
      before.split("\n").length,
      before.length - before.lastIndexOf("\n"),
    );
  }
  const conflict = conflictIn(text);
  if (conflict !== undefined) {
    const message = "The file holds two versions side by side: a merge of git was not finished.";
    const remedy = "Keep what is right of both, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>.";
    return refuse("conflict-marker", message, remedy, conflict);
  }
  return { text, problems: [] };
}

/** The line at which an unfinished merge begins, if there is one: its three marks, each at the beginning of a line and in this order. */
function conflictIn(text: string): number | undefined {
  const begin = text.search(/^<{7} /m);
  if (begin === -1) return undefined;
  const middle = text.slice(begin).search(/^={7}\r?$/m);
  if (middle === -1 || text.slice(begin + middle).search(/^>{7} /m) === -1) return undefined;
  return text.slice(0, begin).split("\n").length;
}

const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are refused
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/u;

/** The first character that no text may hold, where it is, and what to tell of it. */
export function hiddenIn(text: string): { index: number; message: string; remedy: string } | undefined {
  const hidden = HIDDEN.exec(text);
  if (!hidden) return undefined;
  const code = hidden[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? "";
  return {
    index: hidden.index,
    message: `The character U+${code} is invisible and changes how the text is read.`,
    remedy:
      "Delete it. For text in another direction, write the letters alone: browsers find the direction themselves.",
  };
}

function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  const shown = new TextDecoder("utf-8").decode(bytes);
  const before = shown.slice(0, Math.max(shown.indexOf("\ufffd"), 0));
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}
