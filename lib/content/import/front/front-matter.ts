import { parse as parseToml, TomlError } from "smol-toml";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Note } from "../imported.ts";
import { readLeniently } from "./lenient.ts";
import { type Field, fromPlain, fromYaml, isBlank, keyOf, textsOf } from "./value.ts";

/** By key in small letters, as Hugo compares them. */
export type Fields = ReadonlyMap<string, Field>;

/** One page: what its front matter says, and the Markdown below it. */
export interface Page {
  readonly fields: Fields;
  readonly hasFrontMatter: boolean;
  readonly body: string;
  /** Line in the file at which `body` begins. */
  readonly bodyLine: number;
}

const YAML = /^\s*-{3,}[ \t]*\n((?:[\s\S]*?\n)?)-{3,}[ \t]*(?:\n|$)/;
const TOML = /^\s*\+{3}[ \t]*\n((?:[\s\S]*?\n)?)\+{3}[ \t]*(?:\n|$)/;
const HEADER = /^(?:title|date|resolved|resolvedwhen|severity|affected|section|informational)[ \t]*:/i;
/** Keys between two fences in the middle of a page. */
const FENCED_KEYS =
  /^-{3,}[ \t]*\n((?:(?:[A-Za-z_][\w-]*[ \t]*:|[ \t]*-[ \t]|[ \t]*#|[ \t]{2,}\S).*\n)+)-{3,}[ \t]*$/gm;

/** A fence that names its language, as gray-matter knows them. */
const NAMED = /^\s*-{3}[ \t]*(?<language>json|toml|ya?ml)[ \t]*\n(?<front>(?:[\s\S]*?\n)?)-{3}[ \t]*(?:\n|$)/i;

/** The pages of a file: one, unless somebody wrote several incidents into it. */
export function readPages(text: string, note: Note, firstLine = 1): Page[] {
  const page = readPage(text, note, firstLine);
  const next = page.hasFrontMatter ? nextFrontMatter(page.body) : undefined;
  if (next === undefined) return [page];
  const line = page.bodyLine + linesIn(page.body.slice(0, next));
  note("a second front matter", "one file holds several incidents; each became a file of its own", line);
  return [{ ...page, body: page.body.slice(0, next) }, ...readPages(page.body.slice(next), note, line)];
}

/** Where in a body another incident begins: at fenced keys with a title and a date among them. */
function nextFrontMatter(body: string): number | undefined {
  for (const { index, 1: keys = "" } of body.matchAll(FENCED_KEYS)) {
    if (/^title[ \t]*:/im.test(keys) && /^date[ \t]*:/im.test(keys)) return index;
  }
  return undefined;
}

export function readPage(text: string, note: Note, firstLine = 1): Page {
  const named = NAMED.exec(text);
  if (named) return readNamed(text, named, note, firstLine);
  const yaml = YAML.exec(text);
  if (yaml)
    return {
      ...below(text, yaml, firstLine),
      fields: readYaml(yaml[1] ?? "", firstLine + linesIn(text.slice(0, text.indexOf("-"))) + 1, note),
    };
  const toml = TOML.exec(text);
  if (toml)
    return {
      ...below(text, toml, firstLine),
      fields: readToml(toml[1] ?? "", firstLine + linesIn(text.slice(0, text.indexOf("+"))) + 1, note),
    };
  const json = /^\s*\{/.test(text) ? readJson(text, firstLine) : undefined;
  if (json) return json;
  return readHeaders(text, note, firstLine);
}

function readNamed(text: string, fence: RegExpExecArray, note: Note, firstLine: number): Page {
  const { language = "", front = "" } = fence.groups ?? {};
  const line = firstLine + linesIn(text.slice(0, text.indexOf("-"))) + 1;
  const asJson = /^json$/i.test(language) ? readJson(`${front.trimEnd()}\n`, line) : undefined;
  const fields =
    asJson?.fields ?? (/^toml$/i.test(language) ? readToml(front, line, note) : readYaml(front, line, note));
  return { ...below(text, fence, firstLine), fields };
}

function below(text: string, fence: RegExpExecArray, firstLine: number) {
  return { hasFrontMatter: true, body: text.slice(fence[0].length), bodyLine: firstLine + linesIn(fence[0]) };
}

function readYaml(text: string, line: number, note: Note): Fields {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    lineCounter: lines,
  });
  const at = (offset: number) => line + Math.max(lines.linePos(offset).line, 1) - 1;
  const fault = document.errors[0];
  if (fault || (document.contents !== null && !isMap(document.contents))) {
    const why = fault ? fault.message.split("\n")[0] : "not a list of keys";
    note("the front matter", `it is not valid YAML (${why}); it was read line by line`, at(fault?.pos[0] ?? 0));
    return collect(readLeniently(text, line), note);
  }
  if (document.contents === null) return new Map();
  const fields = document.contents.items.map((pair) => ({
    key: keyOf(pair.key),
    value: fromYaml(pair.value),
    line: at(isScalar(pair.key) ? (pair.key.range?.[0] ?? 0) : 0),
  }));
  return collect(fields, note);
}

function readToml(text: string, line: number, note: Note): Fields {
  const written = readLeniently(text, line);
  try {
    const values = Object.entries(parseToml(text));
    const fields = values.map(([key, value]): Field => {
      const source = written.find((field) => field.key === key);
      // A TOML library writes times anew; the text keeps them as they were written.
      return {
        key,
        value: value instanceof Date ? (source?.value ?? fromPlain(value)) : fromPlain(value),
        line: source?.line ?? line,
      };
    });
    return collect(fields, note);
  } catch (fault) {
    if (!(fault instanceof TomlError)) throw fault;
    note(
      "the front matter",
      `it is not valid TOML (${fault.message.split("\n")[0]}); it was read line by line`,
      line + fault.line - 1,
    );
    return collect(written, note);
  }
}

function readJson(text: string, firstLine: number): Page | undefined {
  const end = /^\}[ \t]*$/m.exec(text);
  if (!end) return undefined;
  const front = text.slice(0, end.index + 1);
  try {
    const fields = Object.entries(JSON.parse(front) as Record<string, unknown>);
    const bodyAt = end.index + end[0].length + 1;
    return {
      fields: new Map(
        fields.map(([key, value]) => [key.toLowerCase(), { key, value: fromPlain(value), line: firstLine }]),
      ),
      hasFrontMatter: true,
      body: text.slice(bodyAt),
      bodyLine: firstLine + linesIn(text.slice(0, bodyAt)),
    };
  } catch {
    return undefined;
  }
}

/** A page without fences, or with one that is never closed: keys as far as the first blank line, if it begins with keys. */
function readHeaders(text: string, note: Note, firstLine: number): Page {
  const open = /^\s*(?:-{3,}|\+{3})[ \t]*\n/.exec(text)?.[0] ?? /^\s*/.exec(text)?.[0] ?? "";
  const rest = text.slice(open.length);
  const line = firstLine + linesIn(open);
  if (!HEADER.test(rest)) {
    note("no front matter", "what could be known from the file's name and text was taken", firstLine);
    return { fields: new Map(), hasFrontMatter: false, body: text, bodyLine: firstLine };
  }
  const end = /\n(?:[ \t]*\n|(?<fence>(?:-{3,}|\+{3})[ \t]*(?:\n|$)))/.exec(rest);
  const front = end ? rest.slice(0, end.index + 1) : rest;
  const skipped = front + (end?.groups?.["fence"] ?? "");
  const until = end?.groups?.["fence"] === undefined ? "first blank one" : "closing fence";
  note("a front matter without its fences", `the lines as far as the ${until} were read as keys`, line);
  return {
    fields: collect(readLeniently(front, line), note),
    hasFrontMatter: true,
    body: rest.slice(skipped.length),
    bodyLine: line + linesIn(skipped),
  };
}

/** The fields by their names. Of a key that occurs twice, the last that says something counts. */
function collect(written: readonly Field[], note: Note): Fields {
  const fields = new Map<string, Field>();
  for (const field of written) {
    const name = field.key.toLowerCase();
    const known = fields.get(name);
    if (name.startsWith("<!--")) {
      note(
        `“${field.key}: ${textsOf(field.value).join(", ")}”`,
        "commented out in the front matter; left out",
        field.line,
      );
    } else if (known && isBlank(field.value)) {
      note(`a second “${field.key}”`, "it is empty; the first was taken", field.line);
    } else {
      if (known)
        note(
          `“${known.key}: ${textsOf(known.value).join(", ")}”`,
          "the key occurs again further down, and the last was taken",
          known.line,
        );
      fields.set(name, field);
    }
  }
  return fields;
}

/** How many line ends a text holds. */
export function linesIn(text: string): number {
  return text.split("\n").length - 1;
}
