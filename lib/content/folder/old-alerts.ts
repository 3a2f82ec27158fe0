import { join } from "node:path";
import { type AlertGroup, insertAlertGroups } from "#lib/store/alert-groups.ts";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type OldFile, takeOverFolder } from "#lib/store/take-over-folder.ts";

/** What nobody knows without the database. */
export const TOLD = "nobody knows what was written of these alerts";

/** Takes over what the folder `alerts` remembers, where versions before kept it. */
export async function takeOverAlerts(database: Database, data: string): Promise<void> {
  await takeOverFolder(join(data, "alerts"), /^([0-9a-f]{32})\.json$/, groupIn, (groups) =>
    insertAlertGroups(database, groups).catch(orAway(TOLD)),
  );
}

/**
 * What a file remembers; undefined of one that is damaged: the draft of such a group is found again by its name, and
 * alerts of all others must not wait for a person.
 */
function groupIn({ id, text }: OldFile): AlertGroup | undefined {
  try {
    const { slug = null, firing, over } = JSON.parse(text) as { slug?: string; firing: object; over: object };
    const [began, ended] = [JSON.stringify(firing), JSON.stringify(over)];
    return began?.startsWith("{") && ended?.startsWith("{") ? { id, slug, firing: began, ended } : undefined;
  } catch {
    return undefined;
  }
}
