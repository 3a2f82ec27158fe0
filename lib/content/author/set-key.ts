import { isMap, isNode, isScalar, isSeq, type Node, stringify } from "yaml";
import { cannotEdit, columnOf, type Front, insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";

/** The file with a key of the front matter set to a text: in its place, or in a line at the end. No other byte changes. */
export function setKey(source: string, path: readonly [string, ...string[]], value: string): string {
  const front = readFront(source);
  const pair = pairOf(front, path[0]);
  const text = stringify(value).trimEnd();
  if (!pair && path.length === 1) return insertAt(front, front.end, `${path[0]}: ${text}\n`);
  const node = front.document.getIn(path, true);
  if (!isScalar(node) || !node.range) {
    throw cannotEdit(`What stands behind “${path.join(".")}” is no text that could be replaced.`);
  }
  const [begin, end] = [front.start + node.range[0], front.start + node.range[1]];
  const gap = source.charAt(begin - 1) === ":" ? " " : "";
  return `${source.slice(0, begin)}${gap}${text}${source.slice(end)}`;
}

/** The file without a key of the front matter, with the lines it stands on. No other byte changes. */
export function removeKey(source: string, key: string): string {
  const front = readFront(source);
  const pair = pairOf(front, key);
  if (!pair || !isNode(pair.key)) return source;
  const start = startOf(front, pair.key);
  return `${source.slice(0, start)}${source.slice(lineAfter(front, isNode(pair.value) ? pair.value : pair.key))}`;
}

/**
 * The file with a top-level promise of the next update moved to the update that it stands for, so that another update can
 * be added, which promises something of its own or nothing.
 * @param newest the place of the newest update in the list
 */
export function movePromise(source: string, newest: number): string {
  const front = readFront(source);
  const value = pairOf(front, "next_update")?.value;
  const list = pairOf(front, "updates")?.value;
  const item = isSeq(list) ? list.items[newest] : undefined;
  if (!isScalar(value) || !isMap(item) || !item.range) return source;
  const isOwn = item.items.some(({ key }) => isScalar(key) && key.value === "next_update");
  const text = `next_update: ${stringify(String(value.value)).trimEnd()}`;
  return removeKey(isOwn ? source : withLine(front, item, text), "next_update");
}

/** The file with another text of an update. No other byte changes. @param index its place in the list */
export function setBody(source: string, index: number, body: string): string {
  const front = readFront(source);
  const list = pairOf(front, "updates")?.value;
  const item = isSeq(list) ? list.items[index] : undefined;
  const node = isMap(item) ? item.items.find(({ key }) => isScalar(key) && key.value === "body")?.value : undefined;
  if (!isMap(item) || !isScalar(node) || !node.range) throw cannotEdit("The text of the update is not found.");
  const [begin, end] = [front.start + node.range[0], front.start + node.range[1]];
  const indent = " ".repeat(columnOf(front, startOf(front, item)) + 2);
  const text = item.flow ? JSON.stringify(body.trim()) : bodyText(body.trim(), indent);
  const close = source.charAt(end - 1) === "\n" ? "\n" : "";
  return `${source.slice(0, begin)}${`${text}${close}`.replaceAll("\n", front.newline)}${source.slice(end)}`;
}

/** A text as the value of a key: on one line where it has one, and otherwise as it stands. */
function bodyText(body: string, indent: string): string {
  if (!body.includes("\n")) return stringify(body, { lineWidth: 0 }).trimEnd();
  return `|-\n${body.replace(/^(?=.)/gm, indent)}`;
}

/** One more key in a mapping, in the form it has. */
export function withLine(front: Front, item: Node & { flow?: boolean }, text: string): string {
  if (item.flow) {
    const { source } = front;
    const brace = front.start + (item.range?.[1] ?? 0) - 1;
    const end = source.slice(0, brace).trimEnd().replace(/,$/, "").length;
    return `${source.slice(0, end)}, ${text}${source.slice(end)}`;
  }
  return insertAt(front, lineAfter(front, item), `${" ".repeat(columnOf(front, startOf(front, item)))}${text}\n`);
}
