import type { Field, Value } from "./value.ts";

const KEY = /^[ \t]{0,3}["']?([A-Za-z_][\w-]*)["']?[ \t]*[:=][ \t]*(.*)$/;
const ITEM = /^[ \t]*-[ \t]+(.*)$/;

/**
 * Reads keys and lists line by line, as a person would, where YAML or TOML does not hold: a colon or a back-tick in a
 * title, an asterisk at the start of an item, a tab. No line is ever dropped: one that is neither key nor item
 * continues what stands before it.
 */
export function readLeniently(text: string, firstLine: number): Field[] {
  const fields: { key: string; value: string; items: string[]; line: number }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trimEnd();
    if (line.trim() === "" || /^\s*#/.test(line)) continue;
    const last = fields.at(-1);
    const item = ITEM.exec(line)?.[1];
    const [, key, value = ""] = KEY.exec(line) ?? [];
    if (item !== undefined && last) last.items.push(unquoted(item));
    else if (key !== undefined) fields.push({ key, value: unquoted(value), items: [], line: firstLine + index });
    else if (last && last.items.length > 0) last.items.push(`${last.items.pop() ?? ""} ${line.trim()}`);
    else if (last) last.value = `${last.value.replace(/^[|>][+-]?$/, "")} ${line.trim()}`.trim();
    else fields.push({ key: "text", value: line.trim(), items: [], line: firstLine + index });
  }
  return fields.map(({ key, value, items, line }) => ({ key, line, value: listOrText(value, items) }));
}

function listOrText(value: string, items: readonly string[]): Value {
  if (items.length > 0) return value === "" ? items : [value, ...items];
  const list = /^\[(.*)\]$/.exec(value);
  return list ? (list[1] ?? "").split(",").map((item) => unquoted(item.trim())) : value;
}

/** Without its quotes and without a comment behind it. */
function unquoted(text: string): string {
  const quoted = /^(["'])(.*)\1[ \t]*(?:#.*)?$/.exec(text);
  if (quoted) return quoted[2] ?? "";
  return text.replace(/(?:^|[ \t]+)#.*$/, "").trim();
}
