import { isAlias, isMap, isScalar, isSeq } from "yaml";

/** A value of a front matter or a configuration, in whatever language it was written: every scalar is text. */
export type Value = string | readonly Value[] | Mapping;

/** A mapping read as Hugo reads it: keys in small letters. */
export interface Mapping {
  readonly [key: string]: Value;
}

/** What stands under one key. */
export interface Field {
  /** As written. */
  readonly key: string;
  readonly value: Value;
  /** Line in the file. */
  readonly line: number;
}

export function fromYaml(node: unknown): Value {
  if (isAlias(node)) return `*${node.source}`;
  if (isScalar(node)) return typeof node.value === "string" ? node.value : String(node.value ?? "");
  if (isSeq(node)) return node.items.map(fromYaml);
  if (!isMap(node)) return "";
  return mapping(node.items.map((pair) => [keyOf(pair.key), fromYaml(pair.value)]));
}

/** A key as text; one that is itself a list or mapping says nothing. */
export function keyOf(node: unknown): string {
  const key = fromYaml(node);
  return typeof key === "string" ? key : "";
}

/** A value of a TOML or JSON parser. */
export function fromPlain(value: unknown): Value {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value !== "object") return String(value);
  return mapping(Object.entries(value).map(([key, item]) => [key, fromPlain(item)]));
}

/** Of a key that occurs twice, the last that says something counts. */
function mapping(pairs: readonly (readonly [string, Value])[]): Mapping {
  const found = new Map<string, Value>();
  for (const [key, value] of pairs) {
    const name = key.toLowerCase();
    if (!isBlank(value) || !found.has(name)) found.set(name, value);
  }
  return Object.fromEntries(found);
}

export function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === "object" && !Array.isArray(value);
}

export function isBlank(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === "string") return /^(?:\s*|null|~)$/i.test(value);
  return Array.isArray(value) ? value.every(isBlank) : Object.keys(value).length === 0;
}

/** The text of a scalar, empty for anything else and for what says nothing. */
export function textOf(value: Value | undefined): string {
  return typeof value === "string" && !isBlank(value) ? value.trim() : "";
}

/** Every text in a value, however deeply lists are nested. */
export function textsOf(value: Value | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Value) => textsOf(item));
  return textOf(value) === "" ? [] : [textOf(value)];
}

/** The mappings in a list. */
export function mappingsOf(value: Value | undefined): Mapping[] {
  return Array.isArray(value) ? value.filter((item: Value): item is Mapping => isMapping(item)) : [];
}
