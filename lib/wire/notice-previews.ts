import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { noticeText } from "#lib/render/notice-text.ts";
import type { Notice } from "#lib/serve/preview/notes.ts";

/** What subscribers would read of an event, newest first. */
export function noticePreviews(site: Site, event: Incident | Maintenance): Notice[] {
  return event.updates.toReversed().map((update) => ({ update: update.id, ...noticeText(event, update, site) }));
}
