import { isDeepStrictEqual } from "node:util";
import type { Entry, EntryUpdate } from "#lib/model/incident.ts";

/** How one entry differs from what it was. */
export interface EntryChange {
  readonly before: Entry;
  readonly after: Entry;
  /** Everything that differs but the updates; never empty together with `updates`. */
  readonly parts: readonly EntryPart[];
  readonly updates: UpdateChanges;
}

export interface UpdateChanges {
  readonly added: readonly EntryUpdate[];
  readonly edited: readonly { readonly before: EntryUpdate; readonly after: EntryUpdate }[];
  readonly removed: readonly EntryUpdate[];
}

/** The parts of an entry by which it is compared, in the order in which a person would tell of them. */
const PARTS = {
  title: ["title"],
  impact: ["impact"],
  components: ["components"],
  harm: ["harm"],
  cause: ["trigger", "factors", "safeguards", "unknowns"],
  times: ["started", "detected", "ended", "phases"],
  window: ["scheduled"],
  expectations: ["nextUpdate", "expectedEnd"],
  report: ["report", "body", "preliminary"],
  actions: ["actions"],
  tags: ["tags"],
  corrections: ["corrections"],
  address: ["slug", "redirects"],
  /** By what it is known again, which no reader sees. */
  id: ["id"],
  /** Where its file lies, which no reader sees. */
  file: ["file"],
} as const;
export type EntryPart = keyof typeof PARTS;

/** The difference between two states of one entry, or undefined when there is none. */
export function entryChange(before: Entry, after: Entry): EntryChange | undefined {
  const parts = (Object.keys(PARTS) as EntryPart[]).filter(
    (part) => !PARTS[part].every((key) => isDeepStrictEqual(fieldOf(before, key), fieldOf(after, key))),
  );
  const updates = updateChanges(before.updates, after.updates);
  const isSame = parts.length === 0 && Object.values(updates).every((list) => list.length === 0);
  return isSame ? undefined : { before, after, parts, updates };
}

function fieldOf(entry: object, key: string): unknown {
  return (entry as Readonly<Record<string, unknown>>)[key];
}

/** What has one id, or is equal, is the same update wherever it stands; of the others, those of one time are one that was edited. */
function updateChanges(before: readonly EntryUpdate[], after: readonly EntryUpdate[]): UpdateChanges {
  const gone = [...before];
  const fresh = after.filter((update) => !take(gone, (other) => isDeepStrictEqual(other, update)));
  const edited: { before: EntryUpdate; after: EntryUpdate }[] = [];
  const added: EntryUpdate[] = [];
  for (const update of fresh) {
    const former =
      (update.id === undefined ? undefined : take(gone, ({ id }) => id === update.id)) ??
      take(gone, ({ at, id }) => isDeepStrictEqual(at, update.at) && (id ?? update.id) === (update.id ?? id));
    if (former) edited.push({ before: former, after: update });
    else added.push(update);
  }
  return { added, edited, removed: gone };
}

/** Takes the first that fits out of a list. */
function take<T>(list: T[], fits: (item: T) => boolean): T | undefined {
  const index = list.findIndex(fits);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}
