import { timeInWords } from "#lib/calendar/words.ts";
import { inZone } from "#lib/calendar/zone.ts";
import type { Site } from "#lib/model/site.ts";
import type { Found } from "./find.ts";

/** Updates that readers were promised and that have not come, as troubles. */
export function overdueUpdates({ incidents, maintenances, config }: Site, now: number): readonly Found[] {
  return [...incidents, ...maintenances].flatMap(({ id, slug, title, nextUpdate }) => {
    if (!nextUpdate || now <= nextUpdate.at) return [];
    const at = timeInWords(inZone(nextUpdate, config.timezone), config);
    const message = `The next update of “${title}” was due by ${at}, and none is published. Say how it stands, even if nothing is new: “candor update ${slug} --next 30m”, then “candor publish”.`;
    return [{ key: `overdue-update:${id}`, message, count: 0 }];
  });
}
