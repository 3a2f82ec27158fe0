import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import mjml from "mjml";

/**
 * Makes `lib/channels/email/layout.ts` from `layout.mjml` beside it, after a change there:
 * `node scripts/mail-layout.ts`. A test holds the two against each other.
 */
const FOLDER = resolve(import.meta.dirname, "../lib/channels/email");

const { html, errors } = await mjml(readFileSync(resolve(FOLDER, "layout.mjml"), "utf8"), {
  validationLevel: "strict",
  fonts: {},
  keepComments: false,
});
if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
const lines = html
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "");
writeFileSync(
  resolve(FOLDER, "layout.ts"),
  `/** Made from layout.mjml by scripts/mail-layout.ts; change it there. */\nexport const LAYOUT = ${JSON.stringify(lines.join("\n"))};\n`,
);
