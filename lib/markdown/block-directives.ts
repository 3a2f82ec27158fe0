import type { Paragraph } from "mdast";

/**
 * What another program would read as a directive around blocks (`:::note`, in the proposal for generic directives). Here
 * it is a line of a paragraph, as the syntax is switched off.
 * @returns each as it begins, and where in the text that is
 */
export function blockDirectives(
  { position }: Paragraph,
  text: string,
): { readonly value: string; readonly at: number }[] {
  const from = position?.start.offset ?? 0;
  const written = text.slice(from, position?.end.offset);
  return [...written.matchAll(/^[ \t>]*(:::+\p{L}[\p{L}\p{N}_-]*)/gmu)].map(({ 0: line, 1: value = "", index }) => ({
    value: value.replace(/^:+/, ":::"),
    at: from + index + line.length - value.length,
  }));
}
