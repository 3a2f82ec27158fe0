import { stringify } from "yaml";
import { insertAt, lineAfter, pairOf, readFront } from "./front.ts";

/** The file with its id below its title, if it has none. No other byte changes. */
export function writeId(source: string, id: string): string {
  const front = readFront(source);
  if (pairOf(front, "id")) return source;
  return insertAt(front, lineAfter(front, pairOf(front, "title")?.value), `id: ${stringify(id)}`);
}
