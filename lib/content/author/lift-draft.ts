import { insertAt, pairOf, readFront } from "./front.ts";
import { removeKey } from "./set-key.ts";

/** The file as one that is published: the line that keeps it a draft goes, and no other byte changes. */
export function liftDraft(source: string): string {
  return removeKey(source, "draft");
}

/** The file as one that is published nowhere until the mark is taken away; no other byte changes. */
export function keepAsDraft(source: string): string {
  const front = readFront(source);
  return pairOf(front, "draft") ? source : insertAt(front, front.end, "draft: true\n");
}
