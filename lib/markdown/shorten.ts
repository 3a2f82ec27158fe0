/**
 * The beginning of a text, up to the last word that fits or, where one word is longer, in its midst, with “…” behind it.
 * @param most how many UTF-16 code units fit
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most);
  const kept = text.slice(0, end > most / 2 ? end : most).toWellFormed();
  return `${kept.replace(/\ufffd$/, "")}…`;
}
