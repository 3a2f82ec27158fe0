/** Something that must not be published, as it is looked for. */
export interface Pattern {
  /** What it is, as an allow entry names it. */
  readonly kind: string;
  /** What it is, in words. */
  readonly what: string;
  /** Source of a case-sensitive expression; a group `secret` marks the part that is secret, if it is not all of it. */
  readonly source: string;
  /** Look for it in the middle of a word as well. */
  readonly withinWords?: true;
  /** Look for it in capitals and small letters alike. */
  readonly anyCase?: true;
  /** Whether a match is one after all. */
  readonly isReal?: (secret: string, match: RegExpExecArray) => boolean;
}

/** A stretch of a text that must not be published. */
export interface Hit {
  readonly kind: string;
  readonly what: string;
  readonly start: number;
  readonly secret: string;
}

/** Compiled once: two forms of each, since the start of a word is lost where lines are joined. */
const compiled = new Map<string, RegExp>();

function expression({ source, anyCase, withinWords }: Pattern, isCut: boolean): RegExp {
  const isWithinWords = isCut || withinWords === true;
  const key = `${isWithinWords}${source}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = new RegExp(`${isWithinWords ? "" : "(?<![A-Za-z0-9])"}(?:${source})`, anyCase ? "dgi" : "dg");
  compiled.set(key, made);
  return made;
}

/** Every match of some patterns. `isCut` finds one even in the middle of a word. */
export function* matches(patterns: readonly Pattern[], text: string, isCut = false): Generator<Hit> {
  for (const pattern of patterns) {
    for (const match of text.matchAll(expression(pattern, isCut))) {
      const secret = match.groups?.["secret"] ?? match[0];
      if (pattern.isReal && !pattern.isReal(secret, match)) continue;
      const start = match.indices?.groups?.["secret"]?.[0] ?? match.index;
      yield { kind: pattern.kind, what: pattern.what, start, secret };
    }
  }
}
