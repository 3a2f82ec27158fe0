import { schemasByName } from "./openapi.ts";

/** A field of an object as people read it. */
export interface Field {
  readonly name: string;
  /** Such as “time or null”; a name of another object leads to that. */
  readonly type: string;
  readonly about: string;
  readonly isOptional: boolean;
}

/** An object of the API's description as people read it. */
export interface DescribedShape {
  readonly name: string;
  readonly about: string;
  readonly fields: readonly Field[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Every object of the description, by name. */
export function describedShapes(): readonly DescribedShape[] {
  return Object.entries(schemasByName() as Record<string, Schema>).map(([name, schema]) => ({
    name,
    about: schema.description ?? "",
    fields: fieldsOf(schema),
  }));
}

/** Fields of objects that have no name of their own stand below the one that holds them, as “updates.at”. */
function fieldsOf({ properties = {}, required = [] }: Schema, before = ""): Field[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = before + key;
    const inner = schema.items?.properties ? schema.items : schema;
    const field = { name, type: typeOf(schema), about: schema.description ?? "", isOptional: !required.includes(key) };
    return [field, ...(inner.properties ? fieldsOf(inner, `${name}.`) : [])];
  });
}

const FORMATS: Readonly<Record<string, string>> = { "date-time": "time", date: "date", uri: "address" };
const TYPES: Readonly<Record<string, string>> = { boolean: "true or false", integer: "whole number", string: "text" };

function typeOf(schema: Schema): string {
  const { $ref, anyOf, enum: values, format, items, pattern, type = "" } = schema;
  if ($ref !== undefined) return $ref.split("/").at(-1) ?? "";
  if (schema.const !== undefined) return `“${schema.const}”`;
  if (values) return values.map((value) => `“${value}”`).join(", ");
  if (anyOf) return anyOf.map(typeOf).join(" or ");
  if (items) return `list of ${items.enum ? "" : typeOf(items)}`.replace(/object$/, "objects");
  if (format !== undefined && format in FORMATS) return FORMATS[format] ?? "";
  if (pattern !== undefined) return "id";
  return [type]
    .flat()
    .map((each) => TYPES[each] ?? each)
    .join(" or ");
}
