const LONGEST = 60;

/** A text as a message repeats it: in quotation marks, on one line, and cut where it would hide the message. */
export function quote(text: string): string {
  const letters = [...text.slice(0, LONGEST * 4).replace(/\s+/g, " ")];
  return letters.length > LONGEST || text.length > LONGEST * 4
    ? `“${letters.slice(0, LONGEST).join("")}…”`
    : `“${letters.join("")}”`;
}
