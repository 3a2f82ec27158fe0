import { factsOf, type ShownSeal } from "#lib/delivery/shown-seal.ts";

/** The words that were sealed, with what proves them, as a person reads them in a terminal. */
export function shownText(shown: ShownSeal): string {
  const { html, subject, text } = shown.message;
  return [
    `${shown.channel}`,
    ...factsOf(shown),
    ...(subject === undefined ? [] : ["", `Subject: ${subject}`]),
    "",
    text.trimEnd(),
    ...(html === undefined ? [] : ["", "HTML:", html.trimEnd()]),
    "",
  ].join("\n");
}
