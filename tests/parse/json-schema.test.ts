import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import formats, { type FormatsPlugin } from "ajv-formats";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { jsonSchemas } from "#lib/content/parse/json-schema.ts";
import { EXPECTED } from "#tests/fixtures/broken/expected.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const BROKEN = join(ROOT, "tests/fixtures/broken");
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
(formats as unknown as FormatsPlugin)(ajv);
const isEntry = ajv.compile(schemaOf("incident.schema.json"));
const isSite = ajv.compile(schemaOf("site.schema.json"));

function schemaOf(file: string): object {
  return JSON.parse(readFileSync(join(ROOT, "docs/schema", file), "utf8")) as object;
}

/** The front matter as an editor's YAML reads it. */
function frontOf(path: string): unknown {
  return parse(/^---\n([\s\S]*?\n)---/.exec(readFileSync(path, "utf8"))?.[1] ?? "") as unknown;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.split("/").some((part) => part.startsWith("_")))
    .map((path) => join(folder, path));
}

test("docs/schema says what the schema in the code says; if not, run scripts/write-schemas.ts", () => {
  for (const [file, schema] of Object.entries(jsonSchemas())) {
    expect(schemaOf(file), file).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});

test.each(["incident.schema.json", "site.schema.json"])("every key of %s is explained", (file) => {
  const keys = keysOf(schemaOf(file)).filter(([key]) => !key.startsWith("checks."));
  expect(keys.length).toBeGreaterThan(30);
  expect(keys.filter(([, { description = "" }]) => description.length < 10)).toEqual([]);
});

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

function keysOf({ properties, items, anyOf }: Node, path = ""): [key: string, value: Node][] {
  const own = Object.entries(properties ?? {}).flatMap(([key, inner]): [string, Node][] => [
    [path + key, inner],
    ...keysOf(inner, `${path}${key}.`),
  ]);
  return [...own, ...[...(items ? [items] : []), ...(anyOf ?? [])].flatMap((inner) => keysOf(inner, path))];
}

test.each([...filesBelow(join(ROOT, "incidents")), ...filesBelow(join(BROKEN, "good"))])("%s fits", (path) => {
  isEntry(frontOf(path));
  expect(isEntry.errors ?? []).toEqual([]);
});

test.each([join(ROOT, "incidents/site.yaml"), join(BROKEN, "site.yaml")])("%s fits", (path) => {
  isSite(parse(readFileSync(path, "utf8")));
  expect(isSite.errors ?? []).toEqual([]);
});

const SHAPE = new Set(["missing-key", "unknown-key", "unknown-value", "wrong-type"]);

test.each(EXPECTED.filter(([, rule]) => SHAPE.has(rule)).map(([file, rule]) => [file, rule]))(
  "%s does not fit (%s)",
  (file) => {
    expect(isEntry(frontOf(join(BROKEN, file)))).toBe(false);
  },
);

test("what Candor takes as text may look like a number, a truth or nothing", () => {
  expect(isEntry({ title: 404, tags: [1.1, true], draft: true, impact: null, started: null })).toBe(true);
  expect(isEntry({ title: "A", draft: "maybe" })).toBe(false);
});
