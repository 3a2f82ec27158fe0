import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import type { Problem } from "#lib/model/problem.ts";
import type { YamlText } from "./yaml-text.ts";

type Issue = z.core.$ZodIssue;
type Fault = Pick<Problem, "rule" | "message" | "remedy" | "place">;

/** Holds a YAML value against a schema and says what does not fit, each at its place. */
export function fit<S extends z.ZodType>(
  schema: S,
  yaml: YamlText,
): { value?: z.output<S>; problems: readonly Problem[] } {
  const result = schema.safeParse(withoutBlanks(yaml.value));
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => faults(issue, schema, yaml));
  return { problems: problems.map((fault) => ({ severity: "error" as const, ...fault })) };
}

/** A key with nothing after it (or `null`, or `~`) is a key that was left out. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== "" && item !== "null" && item !== "~" && item !== null)
      .map(([key, item]) => [key, withoutBlanks(item)]),
  );
}

function faults(issue: Issue, schema: z.ZodType, yaml: YamlText): Fault[] {
  const name = nameOf(issue.path);
  const place = yaml.placeOf(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const known = keysAt(schema, issue.path);
        return {
          rule: "unknown-key",
          place: yaml.placeOfKey(issue.path, key),
          message: `“${key}” is not a key of ${name}.`,
          remedy: `${suggestion(key, known)}Keys here are ${known.join(", ")}.`,
        };
      });
    case "invalid_value": {
      const known = issue.values.map(String);
      const written = textAt(yaml.value, issue.path);
      if (written === undefined) return [missing(issue, yaml)];
      return [
        {
          rule: "unknown-value",
          place,
          message: `${name} is “${written}”.`,
          remedy: `${suggestion(written, known)}It can be ${known.join(", ")}.`,
        },
      ];
    }
    case "invalid_type": {
      if (isAbsent(yaml.value, issue.path)) return [missing(issue, yaml)];
      return [
        {
          rule: "wrong-type",
          place,
          message: `${name} is not ${TYPES[issue.expected] ?? issue.expected}.`,
          remedy: TYPE_REMEDIES[issue.expected] ?? "Compare it with the description of the format.",
        },
      ];
    }
    case "invalid_union": {
      // Only `components` is a union: a mapping is judged as a mapping, anything else as a list.
      const written = valueAt(yaml.value, issue.path);
      const isMapping = typeof written === "object" && written !== null && !Array.isArray(written);
      const branch = issue.errors[isMapping ? 0 : 1] ?? [];
      return branch.flatMap((inner) => faults({ ...inner, path: [...issue.path, ...inner.path] }, schema, yaml));
    }
    case "invalid_key":
      return [
        {
          rule: "wrong-type",
          place: yaml.placeOfKey(issue.path.slice(0, -1), String(issue.path.at(-1))),
          message: `“${String(issue.path.at(-1))}” is not an id: small letters, digits and hyphens only.`,
          remedy: "Use the component's id as site.yaml has it.",
        },
      ];
    case "custom":
      if (typeof issue.params?.["remedy"] === "string") {
        return [{ rule: "bad-time", place, message: issue.message, remedy: issue.params["remedy"] }];
      }
      return [{ rule: "wrong-value", place, message: `${name} is ${issue.message}.`, remedy: `Correct ${name}.` }];
    default:
      return [{ rule: "wrong-value", place, message: `${name} is ${issue.message}.`, remedy: `Correct ${name}.` }];
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};
const TYPE_REMEDIES: Readonly<Record<string, string>> = {
  string: "Write one text there; put it in quotes if it holds a colon, or begins with a bracket or a brace.",
  array: "Write a list: one item a line, each after “- ”.",
  object: "Write a mapping: one “key: value” a line, indented.",
  record: "Write a mapping: one “id: effect” a line, indented.",
};

function missing(issue: Issue, yaml: YamlText): Fault {
  const key = String(issue.path.at(-1));
  return {
    rule: "missing-key",
    place: yaml.placeOf(issue.path),
    message: `${nameOf(issue.path.slice(0, -1))} has no “${key}”.`,
    remedy: `Add “${key}: …”.`,
  };
}

function suggestion(written: string, known: readonly string[]): string {
  const word = written.toLowerCase();
  const part = word.length >= 4 ? known.find((each) => each.includes(word)) : undefined;
  const near = known.length === 0 ? "" : closest(word, known as string[]);
  const best = part ?? (distance(word, near) <= Math.max(2, near.length / 3) ? near : "");
  return best === "" ? "" : `Did you mean “${best}”? `;
}

/** “updates[2].status”, or “the file” for the whole. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  return path.reduce<string>(
    (name, part) =>
      typeof part === "number" ? `${name}[${part + 1}]` : name === "" ? String(part) : `${name}.${String(part)}`,
    "",
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | null | undefined)?.[part], value);
}

function textAt(value: unknown, path: readonly PropertyKey[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : undefined;
}

function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  const found = valueAt(value, path);
  return found === undefined || found === "" || found === "null" || found === "~";
}

function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of [...path, undefined]) {
    while (at instanceof z.ZodOptional) at = at.unwrap();
    if (part === undefined) break;
    at = at instanceof z.ZodArray ? at.element : at instanceof z.ZodObject ? at.shape[String(part)] : undefined;
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
