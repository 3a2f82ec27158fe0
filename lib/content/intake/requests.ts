import { z } from "zod";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import { quote } from "../parse/quote.ts";
import { suggestion } from "../parse/suggestion.ts";

/** The bodies of the write API. Times are said as people say them; what they mean is judged when the file is written. */

const line = z.string().trim().min(1).max(300);
const markdown = z.string().trim().min(1).max(50_000);
const time = z.string().trim().min(1).max(100);
const effects = z.record(z.string().max(100), z.enum(EFFECTS));

/** `POST /api/incidents`. */
export const declarationSchema = z.strictObject({
  title: line,
  message: markdown,
  status: z.enum(INCIDENT_STATUSES).default("investigating"),
  impact: z.enum(IMPACTS).optional(),
  components: effects.default({}),
  at: time.default("now"),
  started: time.optional(),
  /** By when the next update comes: a length of time counts from the update. */
  nextUpdate: time.optional(),
  /** An estimate of the end. */
  expectedEnd: time.optional(),
  slug: z.string().max(200).optional(),
  draft: z.boolean().optional(),
  dryRun: z.boolean().default(false),
});

/** `POST /api/incidents/<slug>/updates`. */
export const updateSchema = z.strictObject({
  message: markdown,
  status: z.enum([...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, "update"]),
  components: effects.optional(),
  at: time.default("now"),
  nextUpdate: time.optional(),
  /** An estimate of the end; “none” takes back the one that stands. */
  expectedEnd: time.optional(),
  /** The version of the file that the caller has seen; with another, nothing is written. */
  version: z.string().max(100).optional(),
  dryRun: z.boolean().default(false),
});

/** A maintenance, as the operator's page announces it. */
export const planSchema = z.strictObject({
  title: line,
  message: markdown,
  start: time,
  end: time,
  components: z.array(z.string().max(100)),
});

/** Another window for a maintenance, as the operator's page moves it: a new beginning, a new end, or both. */
export const moveSchema = z.strictObject({ message: markdown, start: time.optional(), end: time.optional() });

/** Another text for an update, as the operator's page corrects it. */
export const correctionSchema = z.strictObject({ message: markdown });

/** `POST /api/publish`. */
export const publicationSchema = z.strictObject({
  dryRun: z.boolean().default(false),
  /** After a restoration: the slugs of what is to be told of what happened after the backup; of none of the others. */
  tell: z.array(z.string().max(200)).max(1_000).optional(),
  acceptUnclear: z.boolean().default(false),
});

/** A problem of a request, with the field it is about: dots between the names. */
export type RequestProblem = Problem & { readonly field: string };

/** Holds a request's body against a schema. */
export function readRequest<S extends z.ZodType>(
  schema: S,
  body: unknown,
): { readonly value: z.output<S> } | { readonly problems: readonly RequestProblem[] } {
  // Without what was given, something wrong could not be told from something missing.
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.slice(0, MOST).flatMap((issue) => problemsOf(issue, schema)) };
}

const MOST = 20;

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType): RequestProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return issue.keys.slice(0, MOST).map((key) => {
      const remedy = `${suggestion(key, known)}Fields are ${known.join(", ")}.`;
      return problem([...issue.path, key], "unknown-key", "is not a field of this request.", remedy);
    });
  }
  const isMissing = issue.code === "invalid_type" && issue.input === undefined;
  if (isMissing || (issue.code === "invalid_value" && issue.input === undefined)) {
    return [problem(issue.path, "missing-key", "is missing.", "Add it.")];
  }
  switch (issue.code) {
    case "invalid_type":
      return [
        problem(
          issue.path,
          "wrong-type",
          `is ${sentValue(issue.input)}, not ${KINDS[issue.expected] ?? issue.expected}.`,
          "Write one.",
        ),
      ];
    case "invalid_value": {
      const known = issue.values.map(String);
      const meant = typeof issue.input === "string" ? suggestion(issue.input, known) : "";
      return [
        problem(
          issue.path,
          "unknown-value",
          `is ${sentValue(issue.input)}, which is none of its values.`,
          `${meant}It can be ${known.join(", ")}.`,
        ),
      ];
    }
    case "too_small":
      return [problem(issue.path, "wrong-value", "is empty.", "Write something there.")];
    case "too_big":
      return [problem(issue.path, "wrong-value", `is longer than ${issue.maximum} characters.`, "Shorten it.")];
    default:
      return [problem(issue.path, "wrong-value", "is not understood.", "Compare it with the guide to the API.")];
  }
}

/** A value as it was sent, as far as it is short. */
function sentValue(input: unknown): string {
  if (typeof input === "string") return quote(input);
  if (Array.isArray(input)) return "a list";
  return typeof input === "object" && input !== null ? "an object" : String(input);
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

function problem(path: readonly PropertyKey[], rule: string, fault: string, remedy: string): RequestProblem {
  const names = path.map(String);
  const field = names.join(".");
  const pointer = names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  const message = field === "" ? `The body ${fault}` : `“${field.slice(0, 100)}” ${fault}`;
  // The place as a fragment of the request: a JSON pointer (RFC 6901, section 6).
  return { rule, severity: "error", place: { file: `request#${pointer}`, line: 1, column: 1 }, message, remedy, field };
}
