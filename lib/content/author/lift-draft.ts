import { isNode } from "yaml";
import { insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";

/** The file as one that is published: the line that keeps it a draft goes, and no other byte changes. */
export function liftDraft(source: string): string {
  const front = readFront(source);
  const pair = pairOf(front, "draft");
  if (!pair || !isNode(pair.key)) return source;
  const start = startOf(front, pair.key);
  return `${source.slice(0, start)}${source.slice(lineAfter(front, isNode(pair.value) ? pair.value : pair.key))}`;
}

/** The file as one that is published nowhere until the mark is taken away; no other byte changes. */
export function keepAsDraft(source: string): string {
  const front = readFront(source);
  return pairOf(front, "draft") ? source : insertAt(front, front.end, "draft: true\n");
}
