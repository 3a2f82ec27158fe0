import { isMap, isNode, isSeq, type YAMLSeq } from "yaml";
import { columnOf, type Front, insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";
import { type NewUpdate, updateText } from "./update-text.ts";

/**
 * The file with one more update: after the others, or before them where the file is written newest first, indented as
 * they are. No other byte changes.
 * @param newestFirst whether the existing updates stand newest first
 */
export function addUpdate(source: string, update: NewUpdate, newestFirst: boolean): string {
  const front = readFront(source);
  const pair = pairOf(front, "updates");
  const list = pair?.value;
  if (isSeq(list) && list.flow !== true && list.items.length > 0) return besideOthers(front, list, update, newestFirst);
  if (isSeq(list) && list.items.length > 0) return insideFlow(front, list, update, newestFirst);
  if (pair && isNode(list) && list.range) {
    // `updates:` with nothing behind it, or `[]`: the list takes the place of what stands there.
    const begin = front.start + list.range[0];
    const end = front.start + list.range[1];
    const text = `\n${updateText(update, 2)}`.replace(/\n$/, "").replaceAll("\n", front.newline);
    return `${source.slice(0, begin).replace(/[ \t]+$/, "")}${text}${source.slice(end)}`;
  }
  return insertAt(front, front.end, `updates:\n${updateText(update, 2)}`);
}

function besideOthers(front: Front, list: YAMLSeq, update: NewUpdate, newestFirst: boolean): string {
  const item = newestFirst ? list.items[0] : list.items.at(-1);
  if (!isNode(item)) throw new Error("The list of updates holds something that is no update");
  const start = startOf(front, item);
  const line = start - columnOf(front, start);
  // Between two dashes and the item may stand only white space, so the dash is the last one before it.
  const first = list.items[0];
  const anchor = isNode(first) ? startOf(front, first) : start;
  const dash = front.source.lastIndexOf("-", anchor - 1);
  const indent = columnOf(front, dash);
  const text = updateText(update, indent);
  return insertAt(front, newestFirst ? line : lineAfter(front, item), text);
}

/** `updates: [{ … }, { … }]`: one more of the same form. */
function insideFlow(front: Front, list: YAMLSeq, update: NewUpdate, newestFirst: boolean): string {
  const item = newestFirst ? list.items[0] : list.items.at(-1);
  if (!isMap(item) || !item.range) throw new Error("The list of updates holds something that is no update");
  const text = JSON.stringify(update);
  const at = front.start + (newestFirst ? item.range[0] : item.range[1]);
  return `${front.source.slice(0, at)}${newestFirst ? `${text}, ` : `, ${text}`}${front.source.slice(at)}`;
}
