import { addItem } from "./add-item.ts";
import { type NewUpdate, updateText } from "./update-text.ts";

/**
 * The file with one more update. No other byte changes.
 * @param newestFirst whether the existing updates stand newest first
 * @throws when the front matter is written in a way that nothing can be added to
 */
export function addUpdate(source: string, update: NewUpdate, newestFirst: boolean): string {
  const { nextUpdate, ...rest } = update;
  return addItem(source, {
    list: "updates",
    block: (indent) => updateText(update, indent),
    flow: () => JSON.stringify(nextUpdate === undefined ? rest : { ...rest, next_update: nextUpdate }),
    isFirst: newestFirst,
  });
}
