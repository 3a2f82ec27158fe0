import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where every word comes from a catalogue, as folders or files; a further part of the code is added once it is so there. */
const CONVERTED = [
  ...["app", "components", "public/assets"],
  ...["lib/calendar", "lib/markdown/plugins", "lib/site/views"],
  ...["lib/delivery/channels", "lib/subscribers/forms"],
];

/** Formats that no language changes; and what is not converted yet. */
const LEFT_OUT = [
  /^lib\/site\/views\/(?:security-txt|entry-markdown)\.ts$/,
  // A template of HTML, whose words tests/messages looks at.
  /^lib\/delivery\/channels\/email\/layout\.ts$/,
  // What operators read, and answers of the other side.
  /^lib\/delivery\/channels\/(?:email\/(?:alarm|answers|connection|mime|pool|transport)|http\/|bounce|connections|detail|prepared)/,
  // A worker has no page that could hand words to it.
  /^public\/assets\/push\/worker\.js$/,
  // What the command line says of flags and columns.
  /^lib\/subscribers\/forms\/timing-text\.ts$/,
];

/** What reads like a word and is none that a language has: names of formats and scripts, keys, selectors, and the like. */
const NO_WORDS: ReadonlySet<string> = new Set([
  "API",
  "Atom",
  "EventSource",
  "JSON",
  "JSON Feed",
  "HTML",
  "RSS",
  "Correction: …",
  ...["Candor", "Candor (webhook)"],
  ...["InvalidStateError", "Notification", "PushManager", "…-hint …-fault"],
  ...["Accent", "Attention", "Default", "Good", "Warning"],
  ...["Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"],
  ...["Action/…/…", "Incident/…", "Incident/…/…", "Report/…", "…, … UTC"],
  ...["board …", "event … …", "tile …"],
  ...["(prefers-color-scheme: dark)", "light dark", "use strict"],
  ...[".board time[datetime*=T]:not([data-own])", "form select[name=zone]", "input, select, textarea"],
]);

/** Attributes and properties whose value is for programs. */
const FOR_PROGRAMS =
  /^(?:@type|eventStatus|class(?:Name)?|style|color|media|sizes?|weight|content|rel|type|viewBox|d|href|src|key|id)$/;

interface Literal {
  readonly at: string;
  readonly text: string;
}

/** What a source text says in words of its own. */
function literalsIn(file: string, text: string): Literal[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const note = (node: ts.Node, said: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ at: `${file}:${line + 1}`, text: said.trim() });
  };
  const look = (node: ts.Node): void => {
    if (isForPrograms(node)) return;
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text) && !NO_WORDS.has(node.text.trim())) note(node, node.text);
    const said = wordsOf(node)?.trim();
    if (said !== undefined && isWording(said) && !NO_WORDS.has(said)) note(node, said);
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

/** The text of a literal, with something in the place of every gap. */
function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((part) => part.text).join("…");
}

/** Words with spaces between them, or one that begins as a sentence or a name does. */
function isWording(text: string): boolean {
  const bare = text.replace(/<[^>]*>|^[\w-]+:[^;:]+;.*/g, "");
  return !text.startsWith("User-agent: ") && /\p{L}[,:;.]? \p{L}|^\p{Lu}\p{Ll}|… \p{L}{2}|\p{L}{2} …/u.test(bare);
}

/** Types, names of modules and of properties, classes, addresses, and what a programmer reads when we have made a mistake. */
function isForPrograms(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isNewExpression(node)) return /Error$|^(?:RegExp|Set)$|Intl\./.test(node.expression.getText());
  if (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) return FOR_PROGRAMS.test(nameOf(node.name));
  return ts.isStringLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

test.each([
  ["a.tsx", "const a = <p>Nothing has happened.</p>;"],
  ["a.tsx", "const a = <p>ago</p>;"],
  ["a.tsx", 'const a = <nav aria-label="Pages" />;'],
  ["a.tsx", 'const a = <p>{isOver ? "Resolved" : other}</p>;'],
  ["a.tsx", "const a = <p title={`up to §{length}`} />;".replace("§", "$")],
  ["a.ts", 'const a = h("p", { className: ["no words"] }, "Nothing matches");'],
  ["a.ts", "const a = `§{count} more`;".replace("§", "$")],
  ["a.js", 'share.textContent = "Copy link";'],
])("in %s, %s would be found", (file, text) => {
  expect(literalsIn(file, text)).toHaveLength(1);
});

test.each([
  ["a.tsx", 'const a = <p className="overall major" id="now">{words.now} · </p>;'],
  ["a.ts", 'import type { A } from "./A B.ts"; const a: "No words" | undefined = undefined;'],
  ["a.ts", 'throw new TypeError("It was not said how.");'],
])("in %s, %s holds no words", (file, text) => {
  expect(literalsIn(file, text)).toEqual([]);
});

function nameOf(name: ts.Node): string {
  return name.getText().replace(/^["']|["']$/g, "");
}

function filesIn(path: string): string[] {
  return readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:tsx?|js)$/.test(file))
    .map((file) => `${path}/${file}`)
    .filter((file) => !LEFT_OUT.some((path) => path.test(file)))
    .sort();
}

test("every word that a person reads comes from a catalogue", () => {
  const files = CONVERTED.flatMap(filesIn);
  expect(files.flatMap((file) => literalsIn(file, readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
});
