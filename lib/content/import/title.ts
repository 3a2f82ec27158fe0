import type { Note } from "./imported.ts";
import { shortened } from "./shortened.ts";

const LONGEST = 300;

/** A title as it was written. */
export function titleOfText(written: string, note: Note): string {
  return shortened(written, LONGEST, note);
}

/** A title made of a file's name: without the date it begins with, with blanks for hyphens. */
export function titleFromName(name: string, note: Note): string {
  const plain = name.replace(/[\p{C}\s]+/gu, " ").trim();
  const words =
    plain
      .replace(/^\d{4}-\d{2}-\d{2}(?=\D)/, "")
      .replace(/[-_\s]+/g, " ")
      .trim() ||
    plain ||
    "Incident";
  return shortened(words.charAt(0).toUpperCase() + words.slice(1), LONGEST, note);
}
