import { findSecrets, type GuardedBy, type Secret } from "./find.ts";

/** A secret whose first half ends one text and whose second half begins another. */
export interface CutSecret extends Secret {
  /** The text in which it begins, by its index; `offset` is a place in it. */
  readonly text: number;
}

/** How much of a text's end and beginning is tried, and how many ends and beginnings are. */
const REACH = 200;
const MOST = 16;

const ENDS = /[\w+/=.:@-]$/;
const BEGINS = /^[\w+/=.:@-]/;

/** Secrets that were cut in two between any two of some texts. */
export function* cutSecrets(texts: readonly string[], guard: GuardedBy): Generator<CutSecret> {
  const trimmed = texts.map((text) => text.trim());
  const indices = trimmed.map((_, index) => index);
  const ending = indices.filter((index) => ENDS.test(trimmed[index] ?? "")).slice(0, MOST);
  const beginning = indices.filter((index) => BEGINS.test(trimmed[index] ?? "")).slice(0, MOST);
  for (const first of ending) {
    const whole = texts[first]?.trimEnd() ?? "";
    const end = whole.slice(-REACH);
    for (const second of beginning) {
      if (second === first) continue;
      const both = `${end}\n${trimmed[second]?.slice(0, REACH)}`;
      for (const secret of findSecrets(both, guard)) {
        if (secret.offset >= end.length || secret.offset + secret.length <= end.length + 1) continue;
        yield { ...secret, text: first, offset: whole.length - end.length + secret.offset };
      }
    }
  }
}
