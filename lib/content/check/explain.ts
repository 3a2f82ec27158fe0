import { suggestion } from "../parse/suggestion.ts";
import { GUIDE, guidanceText } from "./guide.ts";

/** What a rule expects and why, or what to ask instead where there is no such rule. */
export function explainRule(id: string): { readonly text: string } | { readonly remedy: string } {
  const guidance = GUIDE.get(id);
  if (guidance) return { text: guidanceText(guidance) };
  return { remedy: `${suggestion(id, [...GUIDE.keys()])}“candor check --explain” lists them all.` };
}

/** Every rule with what it expects, one a line. */
export function ruleList(): string {
  const width = Math.max(...[...GUIDE.keys()].map((id) => id.length));
  return [...GUIDE.values()]
    .map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join("");
}
