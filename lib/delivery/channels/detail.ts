import { cut, sanitizeLine } from "./sanitize.ts";

/**
 * What the other side answered, fit for the ledger: one line, no address, no link, and nothing as long and as random as
 * a token, since servers like to repeat what they were given.
 */
export function detailOf(answer: string): string {
  const bare = sanitizeLine(answer)
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, "[link]")
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "[address]")
    .replace(/(?=[\w+/=-]*\d)[\w+/=-]{20,}/g, "[…]");
  return cut(bare, 300);
}
