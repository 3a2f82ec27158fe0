/** What hides or turns around other characters: controls, directional overrides and isolates, invisible separators. */
const TRICKS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that have to go
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Text of several lines without characters that could deceive the one who reads it or the program that shows it. */
export function sanitizeText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(TRICKS, "");
}

/** The same on one line: for subjects, titles and names. */
export function sanitizeLine(text: string): string {
  return sanitizeText(text.replace(/[\u2028\u2029]/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** At most `limit` UTF-16 units of a text, cut between two characters as people see them, and marked when it was cut. */
export function cut(text: string, limit: number, mark = "…"): string {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - mark.length);
  // A character at the edge is found by looking only around it: texts can be long.
  const from = Math.max(0, room - 64);
  const around = text.slice(from, room + 64);
  let end = 0;
  for (const { index } of graphemes.segment(around)) {
    if (from + index > room) break;
    end = from + index;
  }
  const atWord = text.lastIndexOf(" ", end);
  return text.slice(0, atWord > end - 24 ? atWord : end).trimEnd() + mark;
}
