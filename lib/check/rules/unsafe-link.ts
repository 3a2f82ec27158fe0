import { isSafeAddress } from "#lib/markdown/safe.ts";
import { quote } from "#lib/parse/quote.ts";
import type { Rule } from "../rule.ts";

export const unsafeLink: Rule = {
  id: "unsafe-link",
  severity: "error",
  summary: "Links lead to the web, to mail or to a telephone, never to a script or a file.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if ((kind !== "link" && kind !== "image") || isSafeAddress(value)) continue;
      yield {
        place,
        message: `The address ${quote(value)} is not one a reader may be sent to.`,
        remedy: "Use an address that begins with https://, http://, mailto: or tel:, or a path.",
      };
    }
  },
};
