import { closest, distance } from "fastest-levenshtein";

/** The known word that was probably meant, if one is near. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const word = written.slice(0, 100).toLowerCase();
  if (known.length === 0) return undefined;
  const part = word.length >= 4 ? known.find((each) => each.includes(word)) : undefined;
  const near = closest(word, known as string[]);
  return part ?? (distance(word, near) <= Math.max(2, near.length / 3) ? near : undefined);
}

/** “Did you mean …? ”, or nothing where no known word is near. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  return near === undefined ? "" : `Did you mean “${near}”? `;
}
