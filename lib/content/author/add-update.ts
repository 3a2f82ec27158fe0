import { isMap, isNode, isSeq, type YAMLSeq } from "yaml";
import { cannotEdit, columnOf, type Front, insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";
import { type NewUpdate, updateText } from "./update-text.ts";

/**
 * The file with one more update: after the others, or before them where the file is written newest first, indented as
 * they are. No other byte changes.
 * @param newestFirst whether the existing updates stand newest first
 * @throws when the front matter is written in a way that nothing can be added to
 */
export function addUpdate(source: string, update: NewUpdate, newestFirst: boolean): string {
  const front = readFront(source);
  const pair = pairOf(front, "updates");
  const list = pair?.value;
  if (isSeq(list) && list.flow !== true && list.items.length > 0) return besideOthers(front, list, update, newestFirst);
  if (isSeq(list) && list.items.length > 0) return insideFlow(front, list, update, newestFirst);
  if (pair) return belowKey(front, list, update);
  return insertAt(front, front.end, `updates:\n${updateText(update, 2)}`);
}

/** `updates:` with nothing behind it, or `[]`, which goes: the list begins on the next line, so a comment stays. */
function belowKey(front: Front, value: unknown, update: NewUpdate): string {
  const [from, to] = (isNode(value) && value.range) || [];
  if (from === undefined || to === undefined) throw cannotEdit(NO_LIST);
  const begin = front.start + from;
  const end = front.start + to;
  const written = front.source.slice(begin, end);
  if (!/^(?:\[\s*\]|~|null)?$/i.test(written)) throw cannotEdit(NO_LIST);
  const head = front.source.slice(0, begin);
  const kept = written === "" ? head : head.replace(/[ \t]+$/, "");
  const source = `${kept}${front.source.slice(end)}`;
  return insertAt({ ...front, source }, source.indexOf("\n", kept.length) + 1, updateText(update, 2));
}

const NO_LIST = "What stands behind “updates” is no list of updates that one could be added to. Remove it first.";

function besideOthers(front: Front, list: YAMLSeq, update: NewUpdate, newestFirst: boolean): string {
  const item = newestFirst ? list.items[0] : list.items.at(-1);
  if (!isNode(item)) throw cannotEdit("The list of updates holds something that is no update.");
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
  if (!isMap(item) || !item.range) throw cannotEdit("The list of updates holds something that is no update.");
  const { nextUpdate, ...rest } = update;
  const text = JSON.stringify(nextUpdate === undefined ? rest : { ...rest, next_update: nextUpdate });
  const at = front.start + (newestFirst ? item.range[0] : item.range[1]);
  return `${front.source.slice(0, at)}${newestFirst ? `${text}, ` : `, ${text}`}${front.source.slice(at)}`;
}
