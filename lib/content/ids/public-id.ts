import { createHash } from "node:crypto";
import type { Entry } from "#lib/model/incident.ts";

/**
 * The id under which programs know an event, twelve characters of `[a-z0-9]`: the one its file gives it; otherwise the
 * one it had on the page it was moved in from; otherwise one made from the name under which it was first published.
 */
export function publicId(entry: Pick<Entry, "id" | "slug" | "redirects">): string {
  return entry.id ?? idOf(firstName(entry));
}

/**
 * The name under which it was first published, here or on the page it was moved in from, where names are such ids:
 * renaming a file makes nothing else of what it tells.
 */
function firstName({ slug, redirects }: Pick<Entry, "slug" | "redirects">): string {
  const former = redirects.flatMap((path) => /^\/incidents\/([^/]+)\/?$/.exec(path)?.[1] ?? []);
  return former.find((name) => ID.test(name)) ?? former[0] ?? slug;
}

const ID = /^[a-z0-9]{12}$/;

/** A stable twelve-character id: a name that is one already, otherwise the first 60 bits of its SHA-256 in base 36. */
function idOf(slug: string): string {
  if (ID.test(slug)) return slug;
  const bits = createHash("sha256").update(slug).digest().readBigUInt64BE() >> 4n;
  return bits.toString(36).padStart(12, "0").slice(0, 12);
}
