import anyAscii from "any-ascii";

/**
 * A name in small letters, digits and hyphens. Letters lose their accents, other scripts are written in Latin letters
 * and emoji by their names; empty when nothing of it has a sound or a name.
 */
export function slugOf(name: string): string {
  return anyAscii(name.normalize("NFC").toLowerCase())
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
