import { Document } from "yaml";
import type { Effect, Impact } from "#lib/model/incident.ts";
import { type NewUpdate, updateText } from "./update-text.ts";

/** An incident or a maintenance as it is declared. */
export interface NewEntry {
  /** Its mark in the folder. */
  readonly id: string;
  readonly title: string;
  readonly impact?: Impact;
  /** Ids with effects, or a plain list of ids. */
  readonly components: Readonly<Record<string, Effect>> | readonly string[];
  readonly started?: string;
  readonly expectedEnd?: string;
  readonly scheduled?: { readonly start: string; readonly end: string };
  readonly updates: readonly NewUpdate[];
  readonly draft: boolean;
}

/** The file of a new entry, as a person would write it. */
export function newEntryText({
  id,
  title,
  impact,
  components,
  started,
  expectedEnd,
  scheduled,
  updates,
  draft,
}: NewEntry): string {
  const document = new Document({ title, id });
  const flow = (value: unknown) => document.createNode(value, { flow: true });
  const named = Array.isArray(components) ? components.length : Object.keys(components).length;
  if (impact) document.set("impact", impact);
  if (named > 0) document.set("components", flow(components));
  if (scheduled) document.set("scheduled", flow(scheduled));
  if (started) document.set("started", started);
  if (expectedEnd) document.set("expected_end", expectedEnd);
  if (draft) document.set("draft", true);
  const front = document.toString({ lineWidth: 0 }).replace(/^(components: \[) (.*) \]$/m, "$1$2]");
  return `---\n${front}updates:\n${updates.map((update) => updateText(update, 2)).join("")}---\n`;
}
