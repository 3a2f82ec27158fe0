/** How long a text in an example may be. */
const LONGEST_TEXT = 80;

/** An answer as an example of its shape: of every list the first one, of every text the beginning. */
export function exampleOf(answer: unknown): string {
  return JSON.stringify(shortened(answer), null, 2);
}

function shortened(value: unknown): unknown {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (Array.isArray(value)) return value.slice(0, 1).map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
