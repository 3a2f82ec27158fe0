import { inOrder, isUnderWay, maintenanceStatus } from "#lib/model/course.ts";
import type { Maintenance, PublishedEntry } from "#lib/model/site.ts";
import type { Instant, When } from "#lib/model/time.ts";
import { durationBetween } from "./duration.ts";
import type { Stretch } from "./effects.ts";
import { common, tell } from "./event.ts";
import { reportOf } from "./incident.ts";

/** Compiles a file with a `scheduled` window. */
export function compileMaintenance(
  entry: PublishedEntry & { scheduled: { start: Instant; end: Instant } },
  now: number,
): [Maintenance, readonly Stretch[]] {
  const window = entry.scheduled;
  const ordered = inOrder(entry.updates);
  const begun = ordered.find(({ status }) => isUnderWay(status));
  const said = ordered.findLast(({ status }) => status !== "update")?.status;
  const completed = said === "completed" ? ordered.findLast(({ status }) => status === "completed") : undefined;

  const status = maintenanceStatus(entry, window, now);
  const isOver = status === "completed";
  const started: When = entry.started ?? begun?.at ?? window.start;
  const end: When = entry.ended ?? completed?.at ?? window.end;
  const hasBegun = status !== "scheduled";

  const story = tell(
    entry,
    {
      started,
      ...(isOver ? { ended: end } : {}),
      isActive: (is) => (isUnderWay(is) ? true : is === "completed" ? false : undefined),
      isActiveAtStart: hasBegun,
    },
    now,
  );
  const report = reportOf(entry);
  const maintenance: Maintenance = {
    kind: "maintenance",
    ...common(entry),
    status,
    window,
    started,
    isOver,
    isOverrunning: !isOver && hasBegun && now >= window.end.at,
    lasted: durationBetween(started, isOver ? end : hasBegun ? now : end),
    effects: story.effects,
    updates: story.updates,
    ...(isOver ? { ended: end } : {}),
    ...(report ? { report } : {}),
    ...(entry.revision ? { revision: entry.revision } : {}),
  };
  return [maintenance, story.stretches];
}
