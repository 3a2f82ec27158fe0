import { readFileSync, writeFileSync } from "node:fs";
import { openapi } from "#lib/site/api/openapi.ts";

/** Puts the types of the API's description into the client. Run it when a shape has changed: a test says so. */

const FILE = "lib/client/candor-client.ts";
const BEGIN = "// The types below are made from /api/openapi.json.\n";
const END = "// The end of what is made.\n";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** The client's text with the types as they are now. */
export function withTypes(client: string): string {
  const { components } = openapi({ name: "", url: "", locale: "en" }) as {
    components: { schemas: Record<string, Schema> };
  };
  const types = Object.entries(components.schemas).map(
    ([name, schema]) => `${comment(schema, "")}export interface ${name} ${typeOf(schema, "")}\n`,
  );
  const [before, rest = ""] = client.split(BEGIN);
  return `${before}${BEGIN}\n${types.join("\n")}\n${END}${rest.split(END)[1] ?? ""}`;
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "unknown";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each, indent)).join(" | ");
  if (schema.type === "array") return `readonly ${elementOf(schema.items ?? {}, indent)}[]`;
  if (schema.type === "object") return `{\n${fieldsOf(schema, `${indent}  `)}${indent}}`;
  return [schema.type ?? "unknown"].flat().join(" | ").replace("integer", "number");
}

function elementOf(schema: Schema, indent: string): string {
  const type = typeOf(schema, indent);
  return schema.enum || schema.anyOf ? `(${type})` : type;
}

function fieldsOf({ properties = {}, required = [] }: Schema, indent: string): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const mark = required.includes(name) ? "" : "?";
      return `${comment(schema, indent)}${indent}readonly ${name}${mark}: ${typeOf(schema, indent)};\n`;
    })
    .join("");
}

function comment({ description }: Schema, indent: string): string {
  return description ? `${indent}/** ${description} */\n` : "";
}

if (import.meta.main) writeFileSync(FILE, withTypes(readFileSync(FILE, "utf8")));
