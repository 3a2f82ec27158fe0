import { Document, type Scalar, YAMLMap } from "yaml";
import type { Effect, Impact, UpdateStatus } from "#lib/model/incident.ts";

/** An update as its file is to say it. */
export interface NewUpdate {
  /** The id it had where it comes from, if that can be one here. */
  readonly id?: string;
  readonly at: string;
  readonly status: UpdateStatus;
  readonly body: string;
  /** Effects from here on, by ids of components. */
  readonly components?: Readonly<Record<string, Effect>>;
}

/** An incident or maintenance as its file is to say it; times are texts that Candor reads. */
export interface NewEntry {
  /** The id it had where it comes from, if that can be one here. */
  readonly id?: string;
  readonly title: string;
  readonly impact?: Impact;
  /** Ids with effects, or a plain list of ids. */
  readonly components: Readonly<Record<string, Effect>> | readonly string[];
  readonly started?: string;
  readonly detected?: string;
  readonly ended?: string;
  readonly updates: readonly NewUpdate[];
  readonly scheduled?: { readonly start: string; readonly end: string };
  readonly report?: { readonly status: "preliminary" | "final"; readonly published?: string };
  readonly tags: readonly string[];
  readonly draft: boolean;
  readonly redirects: readonly string[];
  /** The report: Markdown, empty when there is none. */
  readonly body: string;
}

const WIDTH = 110;

/** The file as a person would write it: short things on one line, texts as blocks. */
export function writeEntry(entry: NewEntry): string {
  const { title, body, updates, tags, draft, redirects, components, ...rest } = entry;
  const hasComponents = (Array.isArray(components) ? components : Object.keys(components)).length > 0;
  const document = new Document({});
  const set = (key: string, value: unknown) => document.set(key, value);
  if (rest.id) set("id", rest.id);
  if (rest.impact) set("impact", rest.impact);
  if (hasComponents) set("components", short(document, components));
  if (rest.scheduled) set("scheduled", short(document, rest.scheduled));
  if (rest.started) set("started", rest.started);
  if (rest.detected) set("detected", rest.detected);
  if (rest.ended) set("ended", rest.ended);
  if (updates.length > 0)
    set(
      "updates",
      updates.map((update) => updateNode(document, update)),
    );
  if (rest.report) set("report", short(document, rest.report));
  if (tags.length > 0) set("tags", short(document, tags));
  if (draft) set("draft", true);
  if (redirects.length > 0) set("redirects", short(document, redirects));

  // The title is never folded: it is one line, however long.
  const front =
    new Document({ title: sayable(title) }).toString({ lineWidth: 0 }) +
    document.toString({ lineWidth: WIDTH }).replace(/^(\w+: \[) (.*) \]$/gm, "$1$2]");
  const report = body.trim() === "" ? "" : `\n${body.trim()}\n`;
  return `---\n${front}---\n${report}`;
}

/** On one line, unless it would be too long for one. */
function short(document: Document, value: unknown): unknown {
  return document.createNode(value, { aliasDuplicateObjects: false, flow: JSON.stringify(value).length <= WIDTH - 20 });
}

function updateNode(document: Document, { at, status, body, components, id }: NewUpdate): YAMLMap {
  const node = new YAMLMap();
  node.set("at", document.createNode(at));
  node.set("status", document.createNode(status));
  node.set("body", textNode(document, body));
  if (components) node.set("components", short(document, components));
  if (id) node.set("id", document.createNode(id));
  return node;
}

/** Several lines stand as they are (`|`); one long line is folded (`>-`). */
function textNode(document: Document, text: string): Scalar {
  const isBlock = text.includes("\n");
  const node = document.createNode(isBlock ? `${text}\n` : sayable(text)) as Scalar;
  if (isBlock) node.type = "BLOCK_LITERAL";
  else if (text.length > WIDTH - 20) node.type = "BLOCK_FOLDED";
  return node;
}

/** Candor takes these two as nothing at all. */
function sayable(text: string): string {
  return text === "~" || text === "null" ? `${text}.` : text;
}
