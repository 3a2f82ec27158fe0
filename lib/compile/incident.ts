import type { SiteConfig } from "#lib/model/config.ts";
import type { Entry, Impact, IncidentStatus, UpdateStatus } from "#lib/model/incident.ts";
import type { Incident, PublishedEntry, Report, ReportPromise } from "#lib/model/site.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";
import { durationBetween } from "./duration.ts";
import { impactOf, type Stretch } from "./effects.ts";
import { common, inOrder, tell } from "./event.ts";

/** Compiles a file without a `scheduled` window. */
export function compileIncident(
  entry: PublishedEntry,
  config: SiteConfig,
  now: number,
): [Incident, readonly Stretch[]] {
  const ordered = inOrder(entry.updates);
  const said = ordered.findLast(({ status }) => status !== "update");
  const isOver = said?.status === "resolved" || (entry.ended !== undefined && earliest(entry.ended) <= now);
  const started = entry.started ?? firstOf(ordered[0]?.at, entry.ended);
  if (started === undefined) throw new Error(`${entry.file} has no time at all, which the rule no-time refuses`);
  const ended = isOver ? (entry.ended ?? lastResolution(entry)) : undefined;
  const status: IncidentStatus = isOver ? "resolved" : isOpenStatus(said?.status) ? said.status : "investigating";

  const story = tell(entry, { started, ...(ended ? { ended } : {}), isActive: isOpen, isActiveAtStart: true }, now);
  const { detected } = entry;
  const report = reportOf(entry);
  const impact = impactOf(entry);
  const reportDue = promise(entry, impact, ended, config, now);
  const incident: Incident = {
    kind: "incident",
    ...common(entry),
    impact,
    status,
    started,
    isOver,
    lasted: durationBetween(started, ended ?? now),
    effects: story.effects,
    updates: story.updates,
    ...(ended ? { ended } : {}),
    ...(detected ? { detected } : {}),
    ...(detected && entry.started ? { timeToDetect: durationBetween(entry.started, detected) } : {}),
    ...(detected && ended ? { timeToRepair: durationBetween(detected, ended) } : {}),
    ...(report ? { report } : {}),
    ...(reportDue ? { reportDue } : {}),
  };
  return [incident, story.stretches];
}

/** The earlier of two times, as far as they are known. */
function firstOf(a: When | undefined, b: When | undefined): When | undefined {
  return a && b && earliest(b) < earliest(a) ? b : (a ?? b);
}

/** The report of an entry: what stands below the front matter, final unless it says otherwise. */
export function reportOf({ body, report, preliminary }: PublishedEntry): Report | undefined {
  if (body === "") return undefined;
  const written = { status: "final", ...report, body } as const;
  return written.status === "final" && preliminary ? { ...written, preliminary } : written;
}

function isOpen(status: UpdateStatus): boolean | undefined {
  return status === "update" ? undefined : status !== "resolved";
}

function isOpenStatus(status: string | undefined): status is Exclude<IncidentStatus, "resolved"> {
  return status === "investigating" || status === "identified" || status === "monitoring";
}

/** The update that resolved it for good: the first of the last run of `resolved`. */
function lastResolution(entry: Entry): When | undefined {
  const spoken = inOrder(entry.updates).filter(({ status }) => status !== "update");
  const lastOpen = spoken.findLastIndex(({ status }) => status !== "resolved");
  return spoken[lastOpen + 1]?.at;
}

/** Reports are promised for what hurt: incidents of major or critical impact, and wherever the author gives a date. */
function promise(
  entry: Entry,
  impact: Impact,
  ended: When | undefined,
  { reports }: SiteConfig,
  now: number,
): ReportPromise | undefined {
  const isWritten = entry.body !== "";
  if (isWritten && (entry.report?.status ?? "final") === "final") return undefined;
  const status = isWritten ? "final" : "preliminary";
  const due = entry.report?.due;
  if (due) return { status, at: due.endsAt, day: due, isOverdue: now >= due.endsAt };
  const within = isWritten ? reports.finalWithinMs : reports.preliminaryWithinMs;
  if (!ended || within === undefined || (impact !== "major" && impact !== "critical")) return undefined;
  const at = latest(ended) + within;
  return { status, at, isOverdue: now >= at };
}
