import { type Shown, shownOf } from "#lib/delivery/channels/shown.ts";
import type { NoticeKind } from "#lib/model/notice.ts";
import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import { announce } from "./notices/announce.ts";
import { writeNotice } from "./notices/write-notice.ts";

const QUIET = { announceWithinMs: 0, remindBeforeMs: 0, isQuiet: true };

/** What subscribers would read of each update of an event, newest first. */
export function noticePreviews(site: Site, event: Incident | Maintenance): (Shown & { readonly update: string })[] {
  const { known } = announce(site, [], QUIET);
  const remembered = known.find(({ slugs }) => slugs.includes(event.slug));
  if (!remembered) return [];
  const [first] = event.updates;
  let status: string = event.kind === "incident" ? "investigating" : "scheduled";
  const told = event.updates.map((update) => {
    if (update.status !== "update") status = update.status;
    const { ended, ...rest } = event;
    const isLast = update === event.updates.at(-1);
    // Each as it stood then; only the last knows the end.
    const then = { ...rest, status, ...(isLast && ended ? { ended } : {}) } as typeof event;
    const news = { kind: kindOf(event, update, update === first), key: update.id };
    const notice = writeNotice({ site, event: then, known: remembered, news, updates: [update] });
    return { update: update.id, ...shownOf(notice) };
  });
  return told.toReversed();
}

function kindOf({ kind }: Incident | Maintenance, { status }: Update, isFirst: boolean): NoticeKind {
  if (kind === "incident") {
    return status === "resolved" ? "incident_resolved" : isFirst ? "incident_opened" : "incident_updated";
  }
  if (status === "cancelled") return "maintenance_cancelled";
  if (status === "completed") return "maintenance_ended";
  if (status === "in_progress") return "maintenance_begun";
  return isFirst ? "maintenance_scheduled" : "maintenance_updated";
}
