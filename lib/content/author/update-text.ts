import { Document, type Scalar, YAMLMap } from "yaml";
import type { Effect, UpdateStatus } from "#lib/model/incident.ts";

/** An update as it is to be written. */
export interface NewUpdate {
  /** A time as the format has it, with its offset. */
  readonly at: string;
  readonly status: UpdateStatus;
  /** Markdown. */
  readonly body: string;
  readonly components?: Readonly<Record<string, Effect>>;
  /** By when it promises the next, as the format has it. */
  readonly nextUpdate?: string;
  /** Its mark in the file. */
  readonly id?: string;
}

/** Longer texts stand as a block. */
const LONGEST_LINE = 90;

const WIDTH = 110;

/** One item of the list of updates, as a person would write it, `indent` columns in. Ends with a line end. */
export function updateText({ at, status, body, components, nextUpdate, id }: NewUpdate, indent: number): string {
  const document = new Document();
  const item = new YAMLMap();
  item.set("at", document.createNode(at));
  item.set("status", document.createNode(status));
  item.set("body", textNode(document, body));
  if (components && Object.keys(components).length > 0) {
    item.set("components", document.createNode(components, { flow: true }));
  }
  if (nextUpdate !== undefined) item.set("next_update", nextUpdate);
  if (id !== undefined) item.set("id", id);
  const lines = document.createNode([item]);
  document.contents = lines;
  const text = document.toString({ lineWidth: WIDTH - indent });
  return text.replace(/^(?=.)/gm, " ".repeat(indent));
}

/** Several lines stand as they are (`|`); one long line is folded (`>-`). */
function textNode(document: Document, text: string): Scalar {
  const trimmed = text.trim();
  const isBlock = trimmed.includes("\n");
  const node = document.createNode(isBlock ? `${trimmed}\n` : trimmed) as Scalar;
  if (isBlock) node.type = "BLOCK_LITERAL";
  else if (trimmed.length > LONGEST_LINE) node.type = "BLOCK_FOLDED";
  return node;
}
