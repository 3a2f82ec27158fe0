import type { ForeignFile, Note } from "./imported.ts";

/** The text of a file with line ends as `\n` and without a byte order mark; what is not UTF-8 is taken as Windows-1252. */
export function readText({ bytes }: ForeignFile, note: Note): string {
  return decode(bytes, note).replace(/\r\n?/g, "\n");
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
