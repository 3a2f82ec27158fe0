import type { UpdateStatus } from "#lib/model/incident.ts";
import type { Note } from "../imported.ts";
import { type Sense, saysItIsOver } from "../senses.ts";
import type { Course } from "./course.ts";
import { type Draft, nameOf } from "./draft.ts";

/** The status of each text, oldest first, so that the whole agrees with what the front matter says. */
export function statusesOf(drafts: readonly Draft[], course: Course, note: Note): UpdateStatus[] {
  const statusOf = course.isMaintenance ? maintenanceStatus : incidentStatus;
  const statuses = drafts.map(({ sense }, index) => statusOf(sense, index === 0));
  const done = doneIn(course);
  if (course.isOver && !isClosed(statuses, done)) {
    const closing = closingText(drafts, statuses, course);
    if (closing !== undefined) statuses[closing] = done;
  }
  const last = drafts.at(-1);
  if (!course.isOver && last && statuses.at(-1) === done) {
    const open = course.isMaintenance ? "verifying" : "monitoring";
    statuses[statuses.length - 1] = open;
    note(nameOf(last), `the front matter says that it is not resolved; carried as ${open}`, last.line);
  }
  return statuses;
}

/** The status and words that end it, where none of the texts does. */
export function closingOf(
  drafts: readonly Draft[],
  statuses: readonly UpdateStatus[],
  course: Course,
  note: Note,
): { status: UpdateStatus; body: string } | undefined {
  const status = doneIn(course);
  if (!course.isOver || isClosed(statuses, status)) return undefined;
  const body = course.isMaintenance ? "Completed." : "Resolved.";
  if (drafts.length > 0) note("the end", `no text of its own tells it; an update “${body}” was added`, course.line);
  return { status, body };
}

function doneIn({ isMaintenance }: Course): "completed" | "resolved" {
  return isMaintenance ? "completed" : "resolved";
}

/** The text that closes it: one written at the very end, or a last one that says so. */
function closingText(drafts: readonly Draft[], statuses: readonly UpdateStatus[], course: Course): number | undefined {
  const isUpdate = (index: number) => statuses[index] === "update";
  const atEnd = drafts.findLastIndex(
    ({ own }, index) => own !== undefined && own.from === course.end?.from && isUpdate(index),
  );
  if (atEnd !== -1) return atEnd;
  const last = drafts.length - 1;
  const says = isUpdate(last) && saysItIsOver(drafts[last]?.whole ?? "");
  return last >= 0 && (course.isPost || says) ? last : undefined;
}

/** Whether nothing opened it again after it was done. */
function isClosed(statuses: readonly UpdateStatus[], done: UpdateStatus): boolean {
  const opened = statuses.findLastIndex((status) => status === "investigating" || status === "identified");
  return statuses.lastIndexOf(done) > opened;
}

function incidentStatus(sense: Sense | undefined, isFirst: boolean): UpdateStatus {
  if (sense === "identified" || sense === "monitoring" || sense === "resolved") return sense;
  if (sense === "verifying") return "monitoring";
  return isFirst || sense === "initial" || sense === "investigating" ? "investigating" : "update";
}

function maintenanceStatus(sense: Sense | undefined, isFirst: boolean): UpdateStatus {
  if (sense === "resolved") return "completed";
  if (sense === "monitoring" || sense === "verifying") return "verifying";
  if (sense === "started") return "in_progress";
  return isFirst || sense === "initial" || sense === "scheduled" ? "scheduled" : "update";
}
