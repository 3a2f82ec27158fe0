/** @throws with what was expected, when it is not so */
export function expectThat(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(what);
}

/** @throws when a text has none of this */
export function expectIn(text: string, part: RegExp | string, where: string): void {
  const has = typeof part === "string" ? text.includes(part) : part.test(text);
  expectThat(has, `${where} has no ${String(part)}: ${shortened(text)}`);
}

/** @throws when a text has this */
export function expectNotIn(text: string, part: RegExp | string, where: string): void {
  const has = typeof part === "string" ? text.includes(part) : part.test(text);
  expectThat(!has, `${where} has ${String(part)}: ${shortened(text)}`);
}

function shortened(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 400);
}

/** The text of a page without its markup. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&quot;/g, '"')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}
