import { hasBegunBy, inOrder, isEnding, isUnderWay, maintenanceStatus } from "#lib/model/course.ts";
import type { Maintenance, PublishedEntry } from "#lib/model/site.ts";
import type { Instant, When } from "#lib/model/time.ts";
import { durationBetween } from "./duration.ts";
import type { Stretch } from "./effects.ts";
import { common, expectations, tell } from "./event.ts";
import { reportOf } from "./incident.ts";

/** Compiles a file with a `scheduled` window. */
export function compileMaintenance(
  entry: PublishedEntry & { scheduled: { start: Instant; end: Instant } },
  now: number,
): [Maintenance, readonly Stretch[]] {
  const window = entry.scheduled;
  const ordered = inOrder(entry.updates);
  const begun = ordered.find(({ status }) => isUnderWay(status));
  const said = ordered.findLast(({ status }) => status !== "update");
  const over = said && isEnding(said.status) ? said.at : undefined;

  const status = maintenanceStatus(entry, window, now);
  const isOver = isEnding(status);
  const cancelled = status === "cancelled" ? over : undefined;
  const started: When = entry.started ?? begun?.at ?? window.start;
  const end: When = entry.ended ?? over ?? window.end;
  const hasBegun = cancelled ? hasBegunBy(entry, window, cancelled) : status !== "scheduled";
  const hasEnded = isOver && hasBegun;

  const story = tell(
    entry,
    {
      started,
      ...(hasEnded ? { ended: end } : {}),
      isActive: (is) => (isUnderWay(is) ? true : isEnding(is) ? false : undefined),
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
    lasted:
      isOver && !hasBegun
        ? { ms: 0, approximate: false }
        : durationBetween(started, isOver ? end : hasBegun ? now : end),
    effects: story.effects,
    // Whoever wrote that work was complete before it began meant that it was cancelled.
    updates: cancelled
      ? story.updates.map((update) => (update.status === "completed" ? { ...update, status } : update))
      : story.updates,
    ...expectations(entry, isOver),
    ...(hasEnded ? { ended: end } : {}),
    ...(cancelled ? { cancelled } : {}),
    ...(report ? { report } : {}),
    ...(entry.revision ? { revision: entry.revision } : {}),
  };
  return [maintenance, story.stretches];
}
