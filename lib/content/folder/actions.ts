import type { Action, ActionKind } from "#lib/model/incident.ts";
import { addAction, addFormerDate, setInAction } from "../author/edit-action.ts";
import { newId } from "../author/new-id.ts";
import { slugOf } from "../author/slug.ts";
import { spokenTime, type Toward } from "../author/spoken-time.ts";
import { readDay } from "../parse/when.ts";
import type { ContentFolder, Written } from "./content-folder.ts";
import type { FoundEntry } from "./find-entry.ts";
import { badTime } from "./write.ts";

/** What is done so that it does not happen again, said as a person says it. */
export interface SaidAction {
  readonly title: string;
  readonly kind?: ActionKind | undefined;
  readonly owner?: string | undefined;
  /** A date, such as 2026-12-31 or “Friday”. */
  readonly due?: string | undefined;
  readonly url?: string | undefined;
}

/** Adds an action to an incident. @throws when its date cannot be understood */
export async function promiseAction(
  contentFolder: ContentFolder,
  found: FoundEntry,
  { due, title, ...said }: SaidAction,
  now: number,
): Promise<Written> {
  const taken = found.entry.actions.map(({ id }) => id);
  const wished = slugOf(title).slice(0, 40).replace(/-$/, "");
  const id = wished === "" || taken.includes(wished) ? newId(6, taken) : wished;
  const day = due === undefined ? undefined : dayOf(contentFolder, due, now, "future");
  return await contentFolder.change(found, (source) => addAction(source, { id, title, due: day, ...said }));
}

/** Notes the day on which an action was done, and where that can be seen. @throws when the date cannot be understood */
export async function finishAction(
  contentFolder: ContentFolder,
  found: FoundEntry,
  index: number,
  { on, url }: { readonly on: string; readonly url?: string | undefined },
  now: number,
): Promise<Written> {
  const day = dayOf(contentFolder, on, now, "nearest");
  return await contentFolder.change(found, (source) => {
    const done = setInAction(source, index, "done", day);
    return url === undefined ? done : setInAction(done, index, "url", url);
  });
}

/** Promises an action for another day; the former one stays in the file and on the page. @throws when the date cannot be understood */
export async function postponeAction(
  contentFolder: ContentFolder,
  found: FoundEntry,
  index: number,
  due: string,
  now: number,
): Promise<Written> {
  const former = found.entry.actions[index]?.due;
  const day = dayOf(contentFolder, due, now, "future");
  return await contentFolder.change(found, (source) =>
    setInAction(former ? addFormerDate(source, index, former.on) : source, index, "due", day),
  );
}

/**
 * The open action that somebody means: by its id or by a part of its title; without words, the only one there is.
 * @returns its place in the file, or all that it could be
 */
export function actionMeant(
  actions: readonly Action[],
  words: string | undefined,
): { readonly index: number } | { readonly could: readonly Action[] } {
  const open = actions.filter(({ done }) => !done);
  const said = words?.toLowerCase();
  const exact = open.filter(({ id }) => said !== undefined && id === said);
  const like = open.filter(({ title }) => said === undefined || title.toLowerCase().includes(said));
  const [meant, ...others] = exact.length > 0 ? exact : like;
  return meant && others.length === 0
    ? { index: actions.indexOf(meant) }
    : { could: meant ? [meant, ...others] : open };
}

/** A date as the format has it. */
function dayOf({ config: { timezone } }: ContentFolder, said: string, now: number, toward: Toward): string {
  const spoken = spokenTime(said, timezone, now, toward);
  if ("fault" in spoken) throw badTime("due", spoken.fault);
  const on = spoken.at.replace(/^~/, "").slice(0, 10);
  const read = readDay(on, timezone);
  if ("fault" in read) throw badTime("due", read.fault);
  return on;
}
