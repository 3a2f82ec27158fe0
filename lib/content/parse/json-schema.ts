import { z } from "zod";
import { entrySchema } from "./entry-schema.ts";
import { siteSchema } from "./site-schema.ts";

type Json = z.core.JSONSchema.BaseSchema;

/** The JSON Schemas of the front matter and of `site.yaml`, for editors and other tools, by the names of their files. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return {
    "incident.schema.json": titled(entrySchema("UTC"), "Front matter of an incident file of Candor"),
    "site.schema.json": titled(siteSchema, "site.yaml of Candor"),
  };
}

/** In draft 7, which is what editors know best. */
function titled(schema: z.ZodType, title: string): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, { target: "draft-7", io: "input", unrepresentable: "any" });
  return { $schema, title, ...asEditorsRead(json as Json) } as Json;
}

/**
 * Candor takes every scalar as it is written, and a key with nothing after it as left out. Editors have read numbers,
 * truths and nothing at all by then, so these are let through where Candor reads a text.
 */
function asEditorsRead(json: Json): Json {
  const { properties, items, anyOf, additionalProperties } = json;
  const within = (inner: unknown) => asEditorsRead(inner as Json);
  const required = new Set(json.required);
  const read = (key: string, inner: unknown) => (required.has(key) ? within(inner) : orNothing(within(inner)));
  return {
    ...scalarAsRead(json),
    ...(items ? { items: within(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(within) } : {}),
    ...(typeof additionalProperties === "object" ? { additionalProperties: within(additionalProperties) } : {}),
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
