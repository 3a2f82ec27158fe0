import { withoutComments } from "#lib/markdown/comments.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { beginningOf, endOf, hasReport, impactOf, inOrder, isImpactStated, reportPromise } from "#lib/model/course.ts";
import type { IncidentStatus, UpdateStatus } from "#lib/model/incident.ts";
import type { Incident, PublishedEntry, Report } from "#lib/model/site.ts";
import { durationBetween } from "./duration.ts";
import type { Stretch } from "./effects.ts";
import { common, expectations, tell } from "./event.ts";
import { phasesOf } from "./phases.ts";

/** Compiles a file without a `scheduled` window. */
export function compileIncident(
  entry: PublishedEntry,
  config: SiteConfig,
  now: number,
): [Incident, readonly Stretch[]] {
  const said = inOrder(entry.updates).findLast(({ status }) => status !== "update");
  const started = beginningOf(entry);
  if (started === undefined) throw new Error(`${entry.file} has no time at all, which the rule no-time refuses`);
  const ended = endOf(entry, now);
  const isOver = ended !== undefined;
  const status: IncidentStatus = isOver ? "resolved" : isOpenStatus(said?.status) ? said.status : "investigating";

  const story = tell(entry, { started, ...(ended ? { ended } : {}), isActive: isOpen, isActiveAtStart: true }, now);
  const { detected } = entry;
  const report = reportOf(entry);
  const reportDue = reportPromise(entry, config, now);
  const incident: Incident = {
    kind: "incident",
    ...common(entry),
    impact: impactOf(entry),
    isImpactStated: isImpactStated(entry),
    status,
    started,
    isOver,
    lasted: durationBetween(started, ended ?? now),
    effects: story.effects,
    updates: story.updates,
    ...expectations(entry, isOver),
    ...(ended ? { ended } : {}),
    ...(detected ? { detected } : {}),
    ...(detected && entry.started ? { timeToDetect: durationBetween(entry.started, detected) } : {}),
    ...(detected && ended ? { timeToRepair: durationBetween(detected, ended) } : {}),
    ...phasesOf(entry, { started, ...(detected && { detected }), ...(ended && { ended }) }, config.timezone),
    ...(report ? { report } : {}),
    ...(reportDue ? { reportDue } : {}),
  };
  return [incident, story.stretches];
}

/** The report of an entry: what stands below the front matter, final unless it says otherwise. */
export function reportOf({ body, report, preliminary }: PublishedEntry): Report | undefined {
  if (!hasReport({ body })) return undefined;
  const written = { status: "final", ...report, body: withoutComments(body) } as const;
  if (written.status !== "final" || !preliminary) return written;
  return { ...written, preliminary: { ...preliminary, body: withoutComments(preliminary.body) } };
}

function isOpen(status: UpdateStatus): boolean | undefined {
  return status === "update" ? undefined : status !== "resolved";
}

function isOpenStatus(status: string | undefined): status is Exclude<IncidentStatus, "resolved"> {
  return status === "investigating" || status === "identified" || status === "monitoring";
}
