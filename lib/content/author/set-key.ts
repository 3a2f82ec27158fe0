import { isMap, isNode, isPair, isScalar, isSeq, stringify, type YAMLMap, type YAMLSeq } from "yaml";
import { cannotEdit, columnOf, type Front, insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";

/** The file with a key of the front matter set to a text: in its place, or in a line at the end. No other byte changes. */
export function setKey(source: string, path: readonly [string, ...string[]], value: string): string {
  const front = readFront(source);
  const pair = pairOf(front, path[0]);
  const text = stringify(value).trimEnd();
  if (!pair && path.length === 1) return insertAt(front, front.end, `${path[0]}: ${text}\n`);
  const node = front.document.getIn(path, true);
  return withValue(front, node, text, path.join("."));
}

/** The file with another text in the place of a value. No other byte changes. @param name of its key, for whoever reads why that cannot be */
export function withValue(front: Front, node: unknown, text: string, name: string): string {
  if (!isScalar(node) || !node.range)
    throw cannotEdit(`What stands behind “${name}” is no text that could be replaced.`);
  const { source } = front;
  const [begin, end] = [front.start + node.range[0], front.start + node.range[1]];
  const gap = source.charAt(begin - 1) === ":" ? " " : "";
  // A text in lines of its own has their last line end too; and where there was no text, a comment may follow at once.
  const close = source.charAt(end - 1) === "\n" ? front.newline : source.charAt(end) === "#" ? " " : "";
  return `${source.slice(0, begin)}${gap}${text}${close}${source.slice(end)}`;
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
export function withLine(front: Front, item: YAMLMap, text: string): string {
  if (item.flow) return insideBrackets(front, item, text);
  return insertAt(front, lineAfter(front, item), `${" ".repeat(columnOf(front, startOf(front, item)))}${text}\n`);
}

/** One more thing between brackets or braces: right behind the last one, as a comment may stand before the end. */
export function insideBrackets(front: Front, list: YAMLMap | YAMLSeq, text: string): string {
  const { source, start } = front;
  const last = list.items.at(-1);
  const nodes = isPair(last) ? [last.key, last.value] : [last];
  const ends = nodes.flatMap((node) => (isNode(node) && node.range ? [node.range[1]] : []));
  if (ends.length === 0 && list.range) ends.push(list.range[0] + 1);
  const at = start + Math.max(...ends);
  return `${source.slice(0, at)}${last === undefined ? "" : ", "}${text}${source.slice(at)}`;
}
