import { parseEntry } from "#lib/content/parse/entry.ts";
import { readSource } from "#lib/content/parse/source.ts";
import { parseMarkdown } from "#lib/markdown/parse.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Event } from "#lib/model/site.ts";
import type { Spot } from "../serve/preview/notes.ts";

/** An event's page as it is shown. */
interface Shown {
  readonly file: string;
  /** What the event was compiled from; absent, as is the event, when nothing of the file can be shown. */
  readonly entry?: Entry | undefined;
  readonly event?: Event | undefined;
}

/**
 * Finds the place on the page for lines of the event's file, in the form the file has now. The page may show an older
 * form: then the update with the same number, or the block with the same number, is taken.
 */
export function spots(bytes: Uint8Array, { entry, event, file }: Shown): (problem: Problem) => Spot {
  const { text } = readSource(file, bytes);
  const lines = text.split("\n");
  const fence = lines.findIndex((line, index) => index > 0 && /^---\s*$/.test(line)) + 1;
  const updates = updateLines(file, bytes, lines.slice(0, fence));
  // Compiling sorts updates by time, but keeps the time itself of each.
  const ids = entry?.updates.map(({ at }) => event?.updates.find((update) => update.at === at)?.id) ?? [];
  const blocks = blockLines(lines.slice(fence).join("\n"), fence);
  return ({ place }) => {
    if (fence > 0 && place.line > fence) {
      return { at: "report", block: blocks.filter((line) => line <= place.line).length - 1 };
    }
    const index = updates.findIndex(({ from, to }) => place.line >= from && place.line < to);
    const id = ids[index];
    return id === undefined ? { at: "top" } : { at: "update", id };
  };
}

/** The lines of each update in the order written, the last line not included. */
function updateLines(file: string, bytes: Uint8Array, front: readonly string[]): { from: number; to: number }[] {
  const { placeOf } = parseEntry(file, bytes, "UTC");
  const list = placeOf(["updates"]);
  const starts: number[] = [];
  for (;;) {
    const { line, column } = placeOf(["updates", starts.length]);
    if (line === list.line && column === list.column) break;
    if (starts.length > 0 && line <= (starts.at(-1) ?? 0)) break;
    starts.push(line);
  }
  const after = front.findIndex((line, index) => index >= (starts.at(-1) ?? 0) && /^[^\s#-]/.test(line));
  const end = after === -1 ? front.length : after + 1;
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? end }));
}

/** The line on which each block of the report begins that is drawn where it stands. */
function blockLines(body: string, before: number): number[] {
  return parseMarkdown(body)
    .children.filter(({ type }) => type !== "definition" && type !== "footnoteDefinition")
    .map(({ position }) => before + (position?.start.line ?? 1));
}
