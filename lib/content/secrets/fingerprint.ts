import { createHash } from "node:crypto";

/**
 * Names one secret in an allow entry: long enough that no two in a site are likely to share it, and too short to tell
 * which of all possible passwords it was.
 */
export function fingerprintOf(kind: string, secret: string): string {
  return `fp-${createHash("sha256").update(`${kind}\0${secret}`).digest("hex").slice(0, 6)}`;
}
