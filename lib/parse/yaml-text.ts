import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
} from "yaml";
import type { Place, Problem } from "#lib/model/problem.ts";

type Path = readonly PropertyKey[];

/** A YAML text with the way back from a value to the place where it was written. */
export interface YamlText {
  /** Mappings, lists and strings only: every scalar is the text as written. Absent when the YAML does not hold. */
  readonly value?: unknown;
  readonly problems: readonly Problem[];
  /** Where the value at `path` stands; the nearest parent's place when it is missing. */
  placeOf(path: Path): Place;
  /** Where the key `key` of the mapping at `path` stands. */
  placeOfKey(path: Path, key: string): Place;
  /** Where the character `offset` of the string at `path` stands; `snippet` helps where lines were folded. */
  placeIn(path: Path, offset: number, snippet: string): Place;
}

/**
 * Reads YAML 1.2 with the failsafe schema (section 10.1): no value is guessed to be a number, a date or a boolean, so
 * `no`, `1.10` and `2017-08-23` stay what was written. Anchors, aliases and tags are refused: an incident needs none,
 * and aliases are how a small file becomes a huge one.
 * @param source the whole file, so that places are those of the file
 * @param range the part of it that is YAML
 */
export function readYaml(
  file: string,
  source: string,
  range: readonly [number, number] = [0, source.length],
): YamlText {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(range[0] + offset, source.length));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const text = source.slice(...range);
  const document = parseDocument(text, {
    schema: "failsafe",
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: "silent",
  });
  const problems = [...syntaxProblems(document, text, place), ...forbiddenNodes(document, place)];
  const at = (path: Path): Place => place(offsetOf(document, path));
  return {
    ...(problems.length === 0 ? { value: document.toJS({ maxAliasCount: 0 }) as unknown } : {}),
    problems,
    placeOf: at,
    placeOfKey: (path, key) => place(offsetOfKey(document, path, key)),
    placeIn: (path, offset, snippet) => place(offsetInScalar(document, text, path, offset, snippet)),
  };
}

const REMEDIES: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "Put the text in quotes: a colon followed by a space starts a new key.",
  MULTILINE_IMPLICIT_KEY: "A key stands on one line and ends with a colon; put text that holds a colon in quotes.",
  MISSING_CHAR: "Close the quote, bracket or brace; in a text, write the whole value in quotes.",
  TAB_AS_INDENT: "Indent with spaces; YAML allows no tabs there.",
  BAD_INDENT: "Line the text up with its neighbours, using spaces.",
  BAD_SCALAR_START: "Put the value in quotes: it begins with a character that means something in YAML.",
  UNEXPECTED_TOKEN: "Put the value in quotes, or indent the lines that belong to it.",
  BAD_ALIAS: "Put the value in quotes: an asterisk at the start is an alias in YAML.",
  DUPLICATE_KEY: "Keep one of the two and remove the other.",
  MULTIPLE_DOCS: "Indent the line with `---`, or put it in quotes: it ends the front matter.",
};

function* syntaxProblems(document: Document, text: string, place: (offset: number) => Place): Generator<Problem> {
  for (const fault of [...document.errors, ...document.warnings]) {
    const duplicate =
      fault.code === "DUPLICATE_KEY" ? `The key “${wordAt(text, fault.pos[0])}” occurs twice.` : undefined;
    yield {
      rule: "yaml-syntax",
      severity: "error",
      place: place(fault.pos[0]),
      message:
        duplicate ??
        `The YAML cannot be read: ${fault.message.replace(/ at line \d+, column \d+:?[\s\S]*$/, "").replace(/\.$/, "")}.`,
      remedy: REMEDIES[fault.code] ?? "Compare the line with its neighbours; when in doubt, put the value in quotes.",
    };
  }
}

function wordAt(text: string, offset: number): string {
  return /^[^\s:]*/.exec(text.slice(offset))?.[0] ?? "";
}

function forbiddenNodes(document: Document, place: (offset: number) => Place): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Node(_key, node) {
      const what = isAlias(node)
        ? "alias"
        : node.anchor !== undefined
          ? "anchor"
          : node.tag !== undefined
            ? "tag"
            : undefined;
      if (what === undefined) return;
      problems.push({
        rule: "yaml-alias",
        severity: "error",
        place: place(node.range?.[0] ?? 0),
        message: `A YAML ${what} is not allowed here.`,
        remedy: "Write the value itself, in quotes if it begins with &, * or !.",
      });
    },
  });
  return problems;
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function nodeAt(document: Document, path: Path): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

function offsetOfKey(document: Document, path: Path, key: string): number {
  const map = nodeAt(document, path);
  if (!isMap(map)) return offsetOf(document, path);
  const pair = map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(document, path);
}

function offsetInScalar(document: Document, text: string, path: Path, offset: number, snippet: string): number {
  const node = nodeAt(document, path);
  if (!isScalar(node) || !node.range || typeof node.value !== "string") return offsetOf(document, path);
  if (node.type === "BLOCK_LITERAL") return offsetInLiteral(node as Scalar<string>, text, offset);
  const found = snippet === "" ? -1 : text.slice(node.range[0], node.range[1]).indexOf(snippet);
  return node.range[0] + Math.max(found, 0);
}

/** A literal block keeps its lines, so a line of the value is a line of the file with the indentation put back. */
function offsetInLiteral(node: Scalar<string>, text: string, offset: number): number {
  const before = node.value.slice(0, offset);
  const line = before.split("\n").length;
  let start = node.range?.[0] ?? 0;
  for (let skipped = 0; skipped < line; skipped += 1) start = text.indexOf("\n", start) + 1;
  const first = text.indexOf("\n", node.range?.[0] ?? 0) + 1;
  const indent = /^[ ]*/.exec(text.slice(first).replace(/^\s*\n/, ""))?.[0].length ?? 0;
  return start + indent + before.length - (before.lastIndexOf("\n") + 1);
}
