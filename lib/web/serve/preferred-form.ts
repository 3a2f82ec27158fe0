/** The forms of an incident's page for programs, by media type. */
const FORMS: Readonly<Record<string, string>> = { "application/json": ".json", "text/markdown": ".md" };

/**
 * The ending of the form that a reader asks for by `Accept` (RFC 9110, section 12.5.1); empty for the page itself, which
 * everybody gets who does not name another form and like it better.
 */
export function preferredForm(accept: string): string {
  let best = { weight: 0, ending: "" };
  for (const part of accept.split(",")) {
    const [type = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2)) || 0;
    const ending = type === "text/html" || type === "*/*" ? "" : FORMS[type];
    if (ending !== undefined && weight > best.weight) best = { weight, ending };
  }
  return best.ending;
}
