import { isSafeAddress } from "#lib/markdown/safe.ts";

/** Where a text stood, and what its relative addresses meant there. */
export interface Surroundings {
  /** The page's old address, for addresses relative to it; undefined when the site's is not known. */
  readonly address: string | undefined;
  /** Whether a path is the former address of an incident, which leads on for ever. */
  readonly isFormer: (path: string) => boolean;
  /** Puts the picture beside the incident and says under which name; undefined when it is not among the given files. */
  readonly picture: (address: string) => string | undefined;
  /** Notes a remark about `words`, by which their line is found again. */
  readonly note: (what: string, reason: string, words: string) => void;
}

/** The Markdown of a picture that is kept beside the incident, or what is left of it. */
export function placePicture(url: string, alt: string, around: Surroundings, words: string): string {
  if (url === "" || !isSafeAddress(url)) {
    around.note(`the image “${url}”`, "it has no address; left out", words);
    return alt;
  }
  const name = around.picture(url);
  if (name !== undefined) return `![${alt}](${name})`;
  around.note(`the image “${url}”`, "not among the given files; readers see a link to where it was", words);
  const whole = absolute(url, around);
  return whole === undefined ? `${alt} (\`${url}\`)` : `![${alt}](${whole})`;
}

/** On another server. */
export function isElsewhere(url: string): boolean {
  return /^(?:https?:)?\/\//i.test(url);
}

/** An address that works as it is: whole, on this site (former addresses lead on for ever), or on this page. */
export function isHome(url: string): boolean {
  return url === "" || /^(?:https?:\/\/|mailto:|tel:|\/|#|\?)/i.test(url);
}

/** The whole address that a relative one meant, if it can be known and readers may be sent there. */
export function absolute(url: string, { address }: Surroundings): string | undefined {
  if (!isSafeAddress(url)) return undefined;
  if (/^www\./i.test(url)) return `https://${url}`;
  return address === undefined ? undefined : (URL.parse(url, address)?.href ?? undefined);
}
