import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AlertGroup, insertAlertGroups } from "#lib/store/alert-groups.ts";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { putAside, unlessMissing } from "#lib/store/put-aside.ts";

/** What nobody knows without the database. */
export const TOLD = "nobody knows what was written of these alerts";

/**
 * Takes over what the folder `alerts` remembers, where versions before kept it: into the database first, and only then is the
 * folder put aside. A crash between the two has it taken again, which changes nothing: the groups are known by then.
 */
export async function takeOverAlerts(database: Database, data: string): Promise<void> {
  const folder = join(data, "alerts");
  const names = await readdir(folder).catch(unlessMissing);
  if (names === undefined) return;
  const groups = await Promise.all(names.map((name) => groupIn(folder, name)));
  const kept = groups.filter((group) => group !== undefined);
  await insertAlertGroups(database, kept).catch(orAway(TOLD));
  await putAside(folder);
}

/**
 * What a file remembers; undefined of one that is none, or damaged: the draft of such a group is found again by its name, and
 * alerts of all others must not wait for a person.
 */
async function groupIn(folder: string, name: string): Promise<AlertGroup | undefined> {
  const id = /^([0-9a-f]{32})\.json$/.exec(name)?.[1];
  const text = await readFile(join(folder, name), "utf8").catch(unlessMissing);
  if (id === undefined || text === undefined) return undefined;
  try {
    const { slug = null, firing, over } = JSON.parse(text) as { slug?: string; firing: object; over: object };
    const [began, ended] = [JSON.stringify(firing), JSON.stringify(over)];
    return began?.startsWith("{") && ended?.startsWith("{") ? { id, slug, firing: began, ended } : undefined;
  } catch {
    return undefined;
  }
}
