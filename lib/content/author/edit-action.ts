import { isMap, isScalar, isSeq, stringify, type YAMLMap } from "yaml";
import type { ActionKind } from "#lib/model/incident.ts";
import { addItem } from "./add-item.ts";
import { cannotEdit, columnOf, type Front, insertAt, lineAfter, pairOf, readFront, startOf } from "./front.ts";
import { insideBrackets, withLine, withValue } from "./set-key.ts";

/** An action as it is to be written; dates as the format has them. */
export interface NewAction {
  readonly id: string;
  readonly kind?: ActionKind | undefined;
  readonly title: string;
  readonly owner?: string | undefined;
  readonly due?: string | undefined;
  readonly url?: string | undefined;
}

/** The file with one more action. No other byte changes. @throws when nothing can be added to its front matter */
export function addAction(source: string, { id, kind, title, owner, due, url }: NewAction): string {
  const fields = Object.entries({ id, kind, title, owner, due, url }).filter(([, value]) => value !== undefined);
  const lines = fields.map(([key, value]) => `${key}: ${textOf(String(value))}`);
  return addItem(source, {
    list: "actions",
    block: (indent) => {
      const [first, ...rest] = lines.map((line) => `${line}\n`);
      const [dash, gap] = [`${" ".repeat(indent)}- `, " ".repeat(indent + 2)];
      return `${dash}${first}${rest.map((line) => gap + line).join("")}`;
    },
    flow: () => `{ ${fields.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")} }`,
  });
}

/** The file with a key of an action set. No other byte changes. @param index its place in the list */
export function setInAction(source: string, index: number, key: "due" | "done" | "url", value: string): string {
  const front = readFront(source);
  const action = actionAt(front, index);
  const node = valueIn(action, key);
  if (node === undefined) return withLine(front, action, `${key}: ${inForm(action, value)}`);
  return withValue(front, node, inForm(action, value), key);
}

/** The file with one more date for which an action was promised before. No other byte changes. @param index its place in the list */
export function addFormerDate(source: string, index: number, date: string): string {
  const front = readFront(source);
  const action = actionAt(front, index);
  const list = valueIn(action, "was_due");
  if (list === undefined) return withLine(front, action, `was_due: [${date}]`);
  if (!isSeq(list)) throw cannotEdit("What stands behind “was_due” is no list of dates. Make it one.");
  if (list.flow) return insideBrackets(front, list, date);
  const column = columnOf(front, startOf(front, list));
  return insertAt(front, lineAfter(front, list.items.at(-1)), `${" ".repeat(column)}- ${date}\n`);
}

function actionAt(front: Front, index: number): YAMLMap {
  const list = pairOf(front, "actions")?.value;
  const item = isSeq(list) ? list.items[index] : undefined;
  if (!isMap(item)) throw cannotEdit("The action is not found.");
  return item;
}

function valueIn(action: YAMLMap, key: string): unknown {
  return action.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value ?? undefined;
}

function inForm(action: YAMLMap, value: string): string {
  return action.flow && /[,[\]{}:#]/.test(value) ? JSON.stringify(value) : textOf(value);
}

/** A text as the value of a key, on one line. */
function textOf(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
