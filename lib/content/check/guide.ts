import { FIXED_RULES } from "#lib/model/rule-names.ts";
import { FAULT_GUIDANCE } from "./faults.ts";
import type { BadExample, Example, Guidance } from "./rule.ts";
import { RULES } from "./rules.ts";

/** Every rule and every fault by its name, in order. */
export const GUIDE: ReadonlyMap<string, Guidance> = new Map(
  [...RULES, ...FAULT_GUIDANCE].map((each) => [each.id, each] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** What an author is told of one rule, as Markdown. */
export function guidanceText(guidance: Guidance): string {
  const { id, summary, why, examples } = guidance;
  const parts = [`## ${id}`, `**${summary}** ${weight(guidance)}`, why];
  if (examples.good.length > 0) parts.push("Good:", ...examples.good.map(exampleText));
  for (const [example, ...finds] of examples.bad as readonly BadExample[]) {
    parts.push(`Found: ${finds.map((found) => `“${found}”`).join(", ")}`, exampleText(example));
  }
  return `${parts.join("\n\n")}\n`;
}

function weight({ id, severity }: Guidance): string {
  if (!RULES.some((rule) => rule.id === id)) return `(${severity})`;
  const isFixed = (FIXED_RULES as readonly string[]).includes(id);
  return isFixed ? `(${severity}, which no site can lower)` : `(${severity}; \`checks: { ${id}: off }\`)`;
}

function exampleText(example: Example): string {
  if (typeof example === "string") return fenced(example, "markdown");
  const { files, site, published } = example;
  const blocks = Object.entries(files).map(([path, text]) =>
    text === "" ? `\`${path}\`` : `\`${path}\`\n\n${fenced(text, path.endsWith(".md") ? "markdown" : "yaml")}`,
  );
  if (site !== undefined) blocks.push(`\`site.yaml\`\n\n${fenced(site, "yaml")}`);
  if (published) blocks.push(`Published until now: ${published.map((slug) => `\`/incidents/${slug}\``).join(", ")}`);
  return blocks.join("\n\n");
}

function fenced(text: string, language: string): string {
  const shown = text
    .trim()
    .replace(/[\u202a-\u202e]/g, (hidden) => `<U+${hidden.charCodeAt(0).toString(16).toUpperCase()}>`);
  return `\`\`\`\`${language}\n${shown}\n\`\`\`\``;
}

/** The page of all rules. */
export function guidePage(): string {
  const rows = [...GUIDE.values()].map(({ id, severity, summary }) => `| [${id}](#${id}) | ${severity} | ${summary} |`);
  return `# Rules

What \`npm run candor -- check\` looks for, with the examples that are its tests. \`check --explain <rule>\` says the same in the terminal.
This page is made from the rules (\`lib/content/check/rules/\`) by \`node_modules/.bin/node scripts/write-rules.ts\`.

An **error** keeps the file out of the site, and while there is one \`publish\` changes nothing; a **warning** stops nothing. What a rule weighs is
set in site.yaml, as \`checks: { jargon: off, image-alt: error }\`. The rules without which a site would be unsafe, or would not be, cannot be lowered.

| rule | weight | expects |
| --- | --- | --- |
${rows.join("\n")}

${[...GUIDE.values()].map(guidanceText).join("\n")}`;
}
