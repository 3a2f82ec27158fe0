import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import type { SecretLintRuleContext, SecretLintSourceCode } from "@secretlint/types";
import type { Hit } from "./pattern.ts";

/** A filter that calls itself a scanner. */
const COMMENT_FILTER = "@secretlint/secretlint-rule-filter-comments";

/**
 * Its scanners, less the filter by which a comment in the text could silence them. They are run one by one rather than
 * by `@secretlint/core`: all of them answer at once, which core, being asynchronous, cannot.
 */
const SCANNERS = rules.filter(({ meta }) => meta.type === "scanner" && meta.id !== COMMENT_FILTER);

/** What secretlint finds in a text. */
export function secretlintHits(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const scanner of SCANNERS) {
    const kind = scanner.meta.id.replace("@secretlint/secretlint-rule-", "");
    const context: SecretLintRuleContext = {
      sharedOptions: {},
      // What it says is not used: it shows the secret.
      createTranslator: () => (messageId) => ({ message: "", messageId: String(messageId), data: undefined }),
      ignore: () => undefined,
      report: ({ range: [start, end] }) =>
        hits.push({ kind, what: `What secretlint knows as ${kind}`, start, secret: text.slice(start, end) }),
    };
    scanner.create(context, {}).file?.(sourceOf(text));
  }
  return hits;
}

/** What scanners ask of a source is its text; places are counted by whoever asked. */
function sourceOf(content: string): SecretLintSourceCode {
  const start = { line: 1, column: 0 };
  return {
    content,
    contentType: "text",
    hasBOM: false,
    filePath: undefined,
    physicalFilePath: undefined,
    ext: "",
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start, end: start }),
    positionToIndex: () => 0,
    indexToPosition: () => start,
  };
}
