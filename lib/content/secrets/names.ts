import type { Hit } from "./pattern.ts";

/** A way to find the names on a deny list, however their words are put together: “Blue Heron”, `blue-heron`, `BlueHeron`. */
export function deniedNames(deny: readonly string[]): (text: string) => Hit[] {
  const sources = deny.map((name) =>
    name
      .normalize("NFKC")
      .trim()
      .split(/[\s_-]+/)
      .map((word) => RegExp.escape(word))
      .join(String.raw`[\s_-]*`),
  );
  if (sources.length === 0) return () => [];
  const names = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${sources.join("|")})(?![\p{L}\p{N}])`, "giu");
  return (text) =>
    Array.from(text.matchAll(names), ({ 0: secret, index }) => ({
      kind: "denied-name",
      what: "A name on the deny list of site.yaml",
      start: index,
      secret,
    }));
}

/** Something as long as a subscription's token, or an e-mail address. */
const WORDS = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\.\w+|[\w-]{16,}/g;

/** The words that belong to another subscriber. */
export function foreignWords(text: string, isAnothers: (word: string) => boolean): Hit[] {
  return Array.from(text.matchAll(WORDS))
    .filter(([word]) => isAnothers(word))
    .map(({ 0: secret, index }) => ({
      kind: "another-subscriber",
      what: "The address or token of another subscriber",
      start: index,
      secret,
    }));
}
