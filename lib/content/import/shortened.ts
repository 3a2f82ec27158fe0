import type { Note } from "./imported.ts";

/** A text on one line, cut at a word where it is longer than Candor takes; the whole of it is then in the remark. */
export function shortened(text: string, most: number, note: Note): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= most) return plain;
  note(`“${plain}”`, `longer than ${most} characters; shortened`);
  return `${plain.slice(0, most - 1).replace(/\s+\S*$/, "")}…`;
}
