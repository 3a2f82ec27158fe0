import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, type Scalar, visit } from "yaml";
import type { Place, Problem } from "#lib/model/problem.ts";
import { type Found, firstFew } from "./first-few.ts";
import { quote } from "./quote.ts";
import { hiddenIn } from "./source.ts";
import { faultsOf } from "./yaml-faults.ts";
import { offsetsOf } from "./yaml-offsets.ts";

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
  /** Where a character of the whole file stands. */
  placeAt(offset: number): Place;
  /** Where each character of the string at `path`, less the white space around it, stands. */
  placesIn(path: Path): (offset: number) => Place;
}

/** More than this is no text but a dump, and takes seconds to read. */
const MAX_LENGTH = 300_000;

/**
 * Reads YAML 1.2 with the failsafe schema (section 10.1): no value is guessed to be a number, a date or a boolean, so
 * `no`, `1.10` and `2017-08-23` stay what was written. Only nothing at all, `~` and `null`, unless quoted, are no text.
 * Anchors, aliases and tags are refused: an incident needs none, and aliases are how a small file becomes a huge one.
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
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, source.length));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const place = (offset: number): Place => placeAt(range[0] + offset);

  const isTooLong = range[1] - range[0] > MAX_LENGTH;
  const text = isTooLong ? "" : source.slice(...range);
  // Keys are compared in `wrongKeys`: here every key would be compared with every other.
  const document = parseDocument(text, {
    schema: "failsafe",
    customTags: (tags) => [...tags, "null"],
    prettyErrors: false,
    uniqueKeys: false,
    // The library would write warnings of its own to the console, with texts in them that may hold a secret.
    logLevel: "error",
  });
  const problems = isTooLong
    ? [tooLong(place(0))]
    : [
        ...syntaxProblems(document, text, place),
        ...forbiddenNodes(document, text, place),
        ...wrongKeys(document, place),
        ...hiddenCharacters(document, text, place),
      ];
  return {
    ...(problems.length === 0 ? { value: document.toJS({ maxAliasCount: 0 }) as unknown } : {}),
    problems,
    placeAt,
    placeOf: (path) => place(offsetOf(document, path)),
    placeOfKey: (path, key) => place(offsetOfKey(document, path, key)),
    placesIn(path) {
      const node = nodeAt(document, path);
      if (!isScalar(node) || typeof node.value !== "string") return () => place(offsetOf(document, path));
      const offsets = offsetsOf(node as Scalar<string>, text);
      return (offset) => place(offsets(offset));
    },
  };
}

function tooLong(place: Place): Problem {
  return {
    rule: "too-large",
    severity: "error",
    place,
    message: "The YAML has more than 300,000 characters.",
    remedy: "Move logs and dumps elsewhere and link to them.",
  };
}

/** The first of each line: what follows it there is mostly its consequence. */
function syntaxProblems(document: Document, text: string, place: (offset: number) => Place): Problem[] {
  const firsts = new Map<number, Found>();
  for (const { offset, message, remedy } of faultsOf(document, text)) {
    const at = place(offset);
    if (!firsts.has(at.line)) firsts.set(at.line, { place: at, message, remedy });
  }
  return firstFew(firsts.values()).map((found) => ({ rule: "yaml-syntax", severity: "error", ...found }));
}

/** Anchors and tags; aliases only where their anchor is not there to be named. */
function forbiddenNodes(document: Document, text: string, place: (offset: number) => Place): Problem[] {
  const anchors = new Set<string>();
  const found: Found[] = [];
  const refuse = (offset: number, written: string, what: string) => {
    const remedy = "If it is text, put it in quotes; otherwise write the value itself.";
    found.push({ place: place(offset), message: `${quote(written)} is read as a YAML ${what}.`, remedy });
  };
  visit(document, {
    Node(_key, node) {
      const start = node.range?.[0] ?? 0;
      if (isAlias(node)) {
        if (!anchors.has(node.source)) refuse(start, `*${node.source}`, "alias, because of the asterisk");
      } else if (node.anchor !== undefined) {
        anchors.add(node.anchor);
        refuse(text.lastIndexOf("&", start), `&${node.anchor}`, "anchor, because of the ampersand");
      } else if (node.tag !== undefined) {
        const tag = node.tag.replace(/^tag:yaml\.org,2002:/, "!!");
        const mark = text.lastIndexOf("!", start);
        refuse(text.charAt(mark - 1) === "!" ? mark - 1 : mark, tag, "tag, because of the exclamation mark");
      }
    },
  });
  return firstFew(found).map((each) => ({ rule: "yaml-alias", severity: "error", ...each }));
}

/** Keys that occur twice in a mapping, and the one name that a program would lose without a word. */
function wrongKeys(document: Document, place: (offset: number) => Place): Problem[] {
  const found: Found[] = [];
  visit(document, {
    Map(_key, map) {
      const firsts = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const start = key.range?.[0] ?? 0;
        const first = firsts.get(name);
        const message =
          name === "__proto__" ? "No key can be called “__proto__”." : `The key ${quote(name)} occurs twice.`;
        const remedy = name === "__proto__" ? "Rename it, or remove it." : "Keep one of the two and remove the other.";
        if (first === undefined) firsts.set(name, start);
        if (first !== undefined) found.push({ place: place(start), message, remedy, related: place(first) });
        else if (name === "__proto__") found.push({ place: place(start), message, remedy });
      }
    },
  });
  return firstFew(found).map((each) => ({ rule: "yaml-syntax", severity: "error", ...each }));
}

/** What is refused where it is typed is refused where it is written as an escape. */
function hiddenCharacters(document: Document, text: string, place: (offset: number) => Place): Problem[] {
  if (!text.includes("\\")) return [];
  const found: Found[] = [];
  visit(document, {
    Scalar(_key, scalar) {
      const hidden = typeof scalar.value === "string" ? hiddenIn(scalar.value) : undefined;
      if (hidden) found.push({ place: place(scalar.range?.[0] ?? 0), message: hidden.message, remedy: hidden.remedy });
    },
  });
  return firstFew(found).map((each) => ({ rule: "hidden-character", severity: "error", ...each }));
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
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(document, path);
}
