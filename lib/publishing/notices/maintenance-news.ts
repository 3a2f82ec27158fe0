import { overSince } from "#lib/model/course.ts";
import type { Maintenance } from "#lib/model/site.ts";
import { latest } from "#lib/model/time.ts";
import { type EventObservation, isAwaited, isRecent, type News, updateKey } from "./observation.ts";
import { saidOf } from "./said.ts";

/** What a maintenance's progress has to tell. */
export function maintenanceNews(observation: EventObservation<Maintenance>): News | undefined {
  const { event, known, recent, isMovedWithPast } = observation;
  if (isMovedWithPast && recent.length === 0) return undefined;
  if (!known) return firstNews(observation);
  if (event.isOver) return endNews(observation);
  // Work that was moved to a time that has come has begun: that is what has to be said.
  if (known.state === "planned" && event.status !== "scheduled") return beginNews(observation);
  if (isMoved(observation)) return { kind: "maintenance_moved", key: `moved-${known.moves + 1}` };
  if (recent.length > 0) return { kind: "maintenance_updated", key: updateKey(observation), isBetween: true };
  return isReminderDue(observation)
    ? { kind: "maintenance_reminder", key: `reminder-${event.window.start.at}`, isBetween: true }
    : undefined;
}

function firstNews(observation: EventObservation<Maintenance>): News | undefined {
  const { event, recent } = observation;
  // Work that was over before anybody heard of it is in the history; nobody needs a message.
  if (event.isOver) return undefined;
  if (recent.length === 0 && saidOf(event, observation.now).length > 0) return undefined;
  if (event.status === "scheduled") return { kind: "maintenance_scheduled", key: "scheduled" };
  return isRecent(latest(event.started), observation) ? { kind: "maintenance_begun", key: "begun" } : undefined;
}

function endNews(observation: EventObservation<Maintenance>): News | undefined {
  const { event, known, recent } = observation;
  if (known?.state === "over") {
    return recent.length > 0
      ? { kind: "maintenance_updated", key: updateKey(observation), isBetween: true }
      : undefined;
  }
  const over = overSince(event);
  const ended = over ? latest(over) : 0;
  if (recent.length === 0 && !isRecent(ended, observation) && !isAwaited(ended, observation)) return undefined;
  const number = (known?.endings ?? 0) + 1;
  return event.status === "cancelled"
    ? { kind: "maintenance_cancelled", key: `cancelled-${number}` }
    : { kind: "maintenance_ended", key: `ended-${number}` };
}

function beginNews(observation: EventObservation<Maintenance>): News | undefined {
  const { event, known, recent } = observation;
  const isFresh = recent.length > 0 || isRecent(latest(event.started), observation);
  return isFresh ? { kind: "maintenance_begun", key: `begun-${(known?.moves ?? 0) + 1}` } : undefined;
}

function isMoved({ event, known, now, isMovedWithPast }: EventObservation<Maintenance>): boolean {
  const former = known?.window;
  if (!former || isMovedWithPast || event.window.end.at <= now) return false;
  // Once it has begun, only when it will end is of any use.
  const hasOtherStart = event.status === "scheduled" && former.start !== event.window.start.at;
  return hasOtherStart || former.end !== event.window.end.at;
}

function isReminderDue({ event, known, now, settings }: EventObservation<Maintenance>): boolean {
  const isWaiting = known?.awaitsReminder === true && event.status === "scheduled";
  return isWaiting && now >= event.window.start.at - settings.remindBeforeMs;
}
