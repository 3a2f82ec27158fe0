import { z } from "zod";
import type { Problem } from "#lib/model/problem.ts";
import { firstFew } from "./first-few.ts";
import { quote } from "./quote.ts";
import { nearest, suggestion } from "./suggestion.ts";
import type { YamlText } from "./yaml-text.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
type Fault = Pick<Problem, "rule" | "message" | "remedy" | "place">;

/** Holds a YAML value against a schema and says what does not fit, each at its place. */
export function fit<S extends z.ZodType>(
  schema: S,
  yaml: YamlText,
): { value?: z.output<S>; problems: readonly Problem[] } {
  const result = schema.safeParse(withoutBlanks(yaml.value));
  if (result.success) return { value: result.data, problems: [] };
  const faults = firstFew(allFaults(result.error.issues, schema, yaml));
  return { problems: faults.map((fault) => ({ severity: "error" as const, ...fault })) };
}

/**
 * A key with nothing after it (or `null`, or `~`) is a key that was left out; but a component without its effect was
 * forgotten.
 */
function withoutBlanks(value: unknown, of?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutBlanks(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => of === "components" || !isBlank(item))
      .map(([key, item]) => [key, withoutBlanks(item, key)]),
  );
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** A misspelt key is told of once, not also as a missing one. */
function* allFaults(issues: readonly Issue[], schema: z.ZodType, yaml: YamlText): Generator<Fault> {
  const misspelt = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const known = keysAt(schema, issue.path);
    for (const key of issue.keys.slice(0, 20)) {
      const meant = nearest(key, known);
      if (meant !== undefined) misspelt.add([...issue.path, meant].map(String).join("."));
    }
  }
  for (const issue of issues) {
    for (const fault of faults(issue, schema, yaml)) {
      const isTold = fault.rule === "missing-key" && misspelt.has(issue.path.map(String).join("."));
      if (!isTold) yield fault;
    }
  }
}

function* faults(issue: Issue, schema: z.ZodType, yaml: YamlText): Generator<Fault> {
  const { path } = issue;
  const place = yaml.placeOf(path);
  const name = sentence(nameOf(path));
  const written = valueAt(yaml.value, path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(schema, path);
      for (const key of issue.keys) {
        const message = `${quote(key)} is not a key of ${nameOf(path)}.`;
        const remedy = `${suggestion(key, known)}${known.length > 20 ? "See “candor check --explain”." : `Keys here are ${known.join(", ")}.`}`;
        yield { rule: "unknown-key", place: yaml.placeOfKey(path, key), message, remedy };
      }
      return;
    }
    case "invalid_value": {
      const known = issue.values.map(String);
      const choice = `It can be ${known.slice(0, -1).join(", ")} or ${known.at(-1)}.`;
      if (isBlank(written)) yield missing(path, yaml);
      else if (typeof written !== "string") yield wrongType(path, written, "string", choice, yaml);
      else {
        const remedy = `${suggestion(written, known)}${choice}`;
        yield { rule: "unknown-value", place, message: `${name} is ${quote(written)}.`, remedy };
      }
      return;
    }
    case "invalid_type": {
      if (isBlank(written) && path.length > 0) yield missing(path, yaml);
      else yield wrongType(path, written, issue.expected, remedyOf(path, issue.expected), yaml);
      return;
    }
    case "invalid_union": {
      // Only `components` is a union: a mapping is judged as a mapping, anything else as a list.
      const branch = issue.errors[kindOf(written) === "a mapping" ? 0 : 1] ?? [];
      for (const inner of branch) yield* faults({ ...inner, path: [...path, ...inner.path] }, schema, yaml);
      return;
    }
    case "invalid_key": {
      const key = String(path.at(-1));
      const message = `${quote(key)} is not an id: small letters, digits and hyphens only.`;
      const remedy = "Use the component's id as site.yaml has it.";
      yield { rule: "wrong-value", place: yaml.placeOfKey(path.slice(0, -1), key), message, remedy };
      return;
    }
    default: {
      const told = issue.code === "custom" ? issue.params?.["remedy"] : undefined;
      if (typeof told === "string") {
        yield { rule: "bad-time", place, message: issue.message, remedy: told };
        return;
      }
      const [fault = "", remedy = ""] = issue.message.split("\n");
      const shown = fault.startsWith("not ") && typeof written === "string" ? `: ${quote(written)}` : "";
      yield { rule: "wrong-value", place, message: `${name} is ${fault}${shown}.`, remedy };
    }
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};
const TYPE_REMEDIES: Readonly<Record<string, string>> = {
  string: "Write one text there; put it in quotes if it begins with a bracket or a brace.",
  array: "Write a list: one item a line, each behind “- ”.",
  object: "Write a mapping: one “key: value” a line.",
  record: "Write a mapping, such as { api: partial_outage }.",
};

function remedyOf(path: Path, expected: string): string {
  if (path.length === 1 && path[0] === "components" && expected === "array") {
    return "Write effects, such as { api: partial_outage }, or ids alone, such as [api].";
  }
  return TYPE_REMEDIES[expected] ?? "Compare it with the description of the format.";
}

function wrongType(path: Path, written: unknown, expected: string, remedy: string, yaml: YamlText): Fault {
  const message = `${sentence(nameOf(path))} is ${kindOf(written)}, not ${TYPES[expected] ?? expected}.`;
  return { rule: "wrong-type", place: yaml.placeOf(path), message, remedy };
}

/** How a key that must be there is written. */
const EXAMPLES: Readonly<Record<string, string>> = {
  at: "at: 2017-08-23T11:05+02:00",
  status: "status: investigating",
  body: "body: What customers should know.",
  title: "title: What is wrong, in a customer's words",
  start: "start: 2026-11-08T22:00+01:00",
  end: "end: 2026-11-09T02:00+01:00",
  url: "url: https://status.example.com",
  id: "id: api",
};

function missing(path: Path, yaml: YamlText): Fault {
  const key = String(path.at(-1));
  const place = yaml.placeOf(path);
  const isEffect = path.at(-2) === "components";
  if (typeof path.at(-1) === "number" || isEffect) {
    const message = `${sentence(nameOf(path))} is empty.`;
    const remedy = isEffect ? "Write its effect, such as partial_outage." : "Write it, or remove its dash or comma.";
    return { rule: "missing-key", place, message, remedy };
  }
  return {
    rule: "missing-key",
    place,
    message: `${sentence(nameOf(path.slice(0, -1)))} has no ${quote(key)}.`,
    remedy: `Add “${EXAMPLES[key] ?? `${key}: …`}”.`,
  };
}

/** “status” of update 2; “components.api”; the file. */
function nameOf(path: Path): string {
  if (path.length === 0) return "the file";
  const at = path.findIndex((part) => typeof part === "number");
  const list = at === -1 ? undefined : String(path[at - 1]).replace(/s$/, "");
  const key = path
    .slice(at + 1)
    .map(String)
    .join(".");
  if (list === undefined) return quote(key);
  const item = `${list} ${Number(path[at]) + 1}`;
  return key === "" ? item : `${quote(key)} of ${item}`;
}

function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isBlank(value)) return "empty";
  return typeof value === "object" ? "a mapping" : "a text";
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | null | undefined)?.[part], value);
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  let at: unknown = schema;
  for (const part of [...path, undefined]) {
    while (at instanceof z.ZodOptional || at instanceof z.ZodExactOptional) at = at.unwrap();
    if (part === undefined) break;
    at = at instanceof z.ZodArray ? at.element : at instanceof z.ZodObject ? at.shape[String(part)] : undefined;
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
