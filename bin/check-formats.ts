import type { Problem } from "#lib/model/problem.ts";

/** Problems as annotations of a workflow's log on GitHub. Paths begin with the content folder, as the repository has it. */
export function githubText(problems: readonly Problem[], folder: string): string {
  return problems
    .map(({ severity, place, rule, message, remedy }) => {
      const file = escapeProperty(`${folder}/${place.file}`);
      const at = `file=${file},line=${place.line},col=${place.column},title=${escapeProperty(rule)}`;
      return `::${severity} ${at}::${escapeData(`${message} ${remedy}`)}\n`;
    })
    .join("");
}

/** The escapes that workflow commands know; there is no other way to say a line end or, in a property, a colon. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Problems in SARIF 2.1.0, the form in which analysis tools exchange results (OASIS, sections 3.13 and 3.27). */
export function sarifText(problems: readonly Problem[], folder: string): string {
  const ids = [...new Set(problems.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "candor check", rules: ids.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: problems.map(({ rule, severity, place, message, remedy }) => ({
          ruleId: rule,
          ruleIndex: ids.indexOf(rule),
          level: severity,
          message: { text: `${message} ${remedy}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(`${folder}/${place.file}`) },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
