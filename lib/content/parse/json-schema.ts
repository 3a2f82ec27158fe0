import { z } from "zod";
import { ENTRY_KEYS, SITE_KEYS } from "./key-meanings.ts";
import { entrySchema, siteSchema } from "./schema.ts";

type Json = z.core.JSONSchema.BaseSchema;

/** The JSON Schemas of the front matter and of `site.yaml`, for editors and other tools, by the names of their files. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return {
    "incident.schema.json": described(entrySchema("UTC"), "Front matter of an incident file of Candor", ENTRY_KEYS),
    "site.schema.json": described(siteSchema, "site.yaml of Candor", SITE_KEYS),
  };
}

/** In draft 7, which is what editors know best. */
function described(schema: z.ZodType, title: string, meanings: Readonly<Record<string, string>>): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, { target: "draft-7", io: "input", unrepresentable: "any" });
  return { $schema, title, ...asEditorsRead(json as Json, [], meanings) } as Json;
}

/**
 * Candor takes every scalar as it is written, and a key with nothing after it as left out. Editors have read numbers,
 * truths and nothing at all by then, so these are let through where Candor reads a text.
 */
function asEditorsRead(json: Json, path: readonly string[], meanings: Readonly<Record<string, string>>): Json {
  const { properties, items, anyOf, additionalProperties } = json;
  const within = (inner: unknown, key: readonly string[] = path) => asEditorsRead(inner as Json, key, meanings);
  const meaning = meanings[path.join(".")];
  const required = new Set(json.required);
  const read = (key: string, inner: unknown) => {
    const value = within(inner, [...path, key]);
    return required.has(key) ? value : orNothing(value);
  };
  return {
    ...scalarAsRead(json),
    ...(meaning === undefined ? {} : { description: meaning }),
    ...(items ? { items: within(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map((each) => within(each, [...path, "*"])) } : {}),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: within(additionalProperties, [...path, "*"]) }
      : {}),
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, read(key, inner)])) }
      : {}),
  };
}

function scalarAsRead({ type, ...json }: Json): Json {
  if (json.enum?.includes("true")) return { ...json, enum: [true, false] };
  const isFree =
    type === "string" && json.enum === undefined && json.format === undefined && json.pattern === undefined;
  return isFree
    ? ({ ...json, type: ["string", "number", "boolean"] } as unknown as Json)
    : { ...json, ...(type ? { type } : {}) };
}

function orNothing({ description, ...json }: Json): Json {
  return { ...(description === undefined ? {} : { description }), anyOf: [json, { type: "null" }] };
}
