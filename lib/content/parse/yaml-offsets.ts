import type { Scalar } from "yaml";

/** One character of a scalar's text as it stands in the source: two quotes for one, an escape, or itself. */
const UNITS = {
  QUOTE_SINGLE: /''|[\s\S]/g,
  QUOTE_DOUBLE: /\\(?:\r?\n|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[\s\S])|[\s\S]/gi,
  PLAIN: /[\s\S]/g,
} as const;

/** Escapes that stand for white space. */
const WHITE = /^(?:\s|\\[\s0nrtvfe_LP])$|^\\\r?\n$/;

/**
 * The way back from a character of a scalar's text, less the white space around it, to the character of the YAML that
 * it was written as. Folding, indenting and trimming change white space alone, so the n-th visible character of the
 * text is the n-th visible one of the source.
 */
export function offsetsOf(scalar: Scalar<string>, yaml: string): (offset: number) => number {
  const value = scalar.value.trim();
  const [start = 0, end = 0] = scalar.range ?? [];
  const sources: number[] = [];
  const { from, units } = written(scalar, yaml, start);
  for (const unit of yaml.slice(from, end).matchAll(units)) {
    if (!WHITE.test(unit[0])) sources.push(from + unit.index);
  }

  // How many visible characters come before each character of the text.
  const before = new Uint32Array(value.length + 1);
  for (let at = 0; at < value.length; at += 1) {
    before[at + 1] = (before[at] ?? 0) + (/\s/.test(value.charAt(at)) ? 0 : 1);
  }
  return (offset) => sources[before[Math.min(offset, value.length)] ?? 0] ?? start;
}

/** Where a scalar's own characters begin, behind its quote or the line with `|` or `>`. */
function written({ type }: Scalar, yaml: string, start: number): { from: number; units: RegExp } {
  switch (type) {
    case "BLOCK_LITERAL":
    case "BLOCK_FOLDED":
      return { from: yaml.indexOf("\n", start) + 1 || yaml.length, units: UNITS.PLAIN };
    case "QUOTE_SINGLE":
    case "QUOTE_DOUBLE":
      return { from: start + 1, units: UNITS[type] };
    default:
      return { from: start, units: UNITS.PLAIN };
  }
}
