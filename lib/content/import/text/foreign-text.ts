import type { ForeignFile, Note } from "../imported.ts";

/** Characters that nobody sees and that hide in words, or that Candor refuses because they change how a text is read. */
const INVISIBLE = /[\u200b\u2060\ufeff\u202a-\u202e\ufffe\uffff\u{fdd0}-\u{fdef}]|(?![\n\t])\p{Cc}/gu;

/** The text of a file, with line ends as `\n` and without invisible characters; what is not UTF-8 is taken as Windows-1252. */
export function readText({ bytes }: ForeignFile, note: Note): string {
  const text = decode(bytes, note).replace(/\r\n?/g, "\n");
  const first = text.search(INVISIBLE);
  if (first === -1) return text;
  note("invisible characters", "they hide in words and labels; left out", text.slice(0, first).split("\n").length);
  return text.replace(INVISIBLE, "");
}

function decode(bytes: Uint8Array, note: Note): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    note("the file's encoding", "it is not UTF-8; read as Windows-1252");
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
