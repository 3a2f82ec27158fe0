import { isMap, isNode, isSeq, type YAMLSeq } from "yaml";
import { cannotEdit, columnOf, type Front, insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";

/** One more item of a list of the front matter. */
export interface NewItem {
  /** The key of the list. */
  readonly list: "updates" | "actions";
  /** The item as lines of its own, so many columns in. Ends with a line end. */
  readonly block: (indent: number) => string;
  /** The same on one line, in braces. */
  readonly flow: () => string;
  /** It stands before the others: where a file has its newest update first. */
  readonly isFirst?: boolean;
}

/**
 * The file with one more item in a list: after the others or before them, indented as they are. No other byte changes.
 * @throws when the front matter is written in a way that nothing can be added to
 */
export function addItem(source: string, item: NewItem): string {
  const front = readFront(source);
  const pair = pairOf(front, item.list);
  const list = pair?.value;
  if (isSeq(list) && list.flow !== true && list.items.length > 0) return besideOthers(front, list, item);
  if (isSeq(list) && list.items.length > 0) return insideFlow(front, list, item);
  if (pair) return belowKey(front, list, item);
  return insertAt(front, front.end, `${item.list}:\n${item.block(2)}`);
}

/** The key with nothing behind it, or `[]`, which goes: the list begins on the next line, so a comment stays. */
function belowKey(front: Front, value: unknown, { list, block }: NewItem): string {
  const why = `What stands behind “${list}” is no list that one could be added to. Remove it first.`;
  const [from, to] = (isNode(value) && value.range) || [];
  if (from === undefined || to === undefined) throw cannotEdit(why);
  const begin = front.start + from;
  const end = front.start + to;
  const written = front.source.slice(begin, end);
  if (!/^(?:\[\s*\]|~|null)?$/i.test(written)) throw cannotEdit(why);
  const head = front.source.slice(0, begin);
  const kept = written === "" ? head : head.replace(/[ \t]+$/, "");
  const source = `${kept}${front.source.slice(end)}`;
  return insertAt({ ...front, source }, source.indexOf("\n", kept.length) + 1, block(2));
}

function besideOthers(front: Front, list: YAMLSeq, { list: key, block, isFirst = false }: NewItem): string {
  const item = isFirst ? list.items[0] : list.items.at(-1);
  if (!isNode(item)) throw cannotEdit(`The list of ${key} holds something that is none.`);
  const start = startOf(front, item);
  const line = start - columnOf(front, start);
  // Between two dashes and the item may stand only white space, so the dash is the last one before it.
  const first = list.items[0];
  const anchor = isNode(first) ? startOf(front, first) : start;
  const dash = front.source.lastIndexOf("-", anchor - 1);
  const indent = columnOf(front, dash);
  return insertAt(front, isFirst ? line : lineAfter(front, item), block(indent));
}

/** `updates: [{ … }, { … }]`: one more of the same form. */
function insideFlow(front: Front, list: YAMLSeq, { list: key, flow, isFirst = false }: NewItem): string {
  const item = isFirst ? list.items[0] : list.items.at(-1);
  if (!isMap(item) || !item.range) throw cannotEdit(`The list of ${key} holds something that is none.`);
  const text = flow();
  const at = front.start + (isFirst ? item.range[0] : item.range[1]);
  return `${front.source.slice(0, at)}${isFirst ? `${text}, ` : `, ${text}`}${front.source.slice(at)}`;
}
