import type { z } from "zod";
import { saidExpectations } from "#lib/calendar/expectations.ts";
import { apiId, componentId, pageId } from "#lib/content/ids/api-ids.ts";
import { overSince } from "#lib/model/course.ts";
import type { Effect, UpdateStatus } from "#lib/model/incident.ts";
import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { bodyText } from "./body.ts";
import { componentsOf, fullName } from "./components.ts";
import type { Incident as IncidentShape, IncidentUpdate, ScheduledMaintenance } from "./shape.ts";
import { apiTime } from "./time.ts";

export type ApiIncident = z.infer<typeof IncidentShape>;
type ApiMaintenance = z.infer<typeof ScheduledMaintenance>;
type ApiUpdate = z.infer<typeof IncidentUpdate>;

export function incidentOf(incident: Incident, site: Site): ApiIncident {
  const postmortem = postmortemOf(incident, site);
  const updates = updatesOf(incident, site);
  const told = {
    status: postmortem ? ("postmortem" as const) : incident.status,
    impact: incident.impact,
    updates: postmortem ? newestFirst([postmortem, ...updates]) : updates,
  };
  const common = commonOf(incident, told, site);
  return postmortem ? { ...common, updated_at: laterOf(common.updated_at, postmortem.updated_at) } : common;
}

export function maintenanceOf(maintenance: Maintenance, site: Site): ApiMaintenance {
  const { timezone } = site.config;
  const updates = updatesOf(maintenance, site);
  return {
    ...commonOf(maintenance, { status: apiStatus(maintenance.status), impact: "maintenance", updates }, site),
    monitoring_at: null,
    scheduled_for: apiTime(maintenance.window.start.at, timezone),
    scheduled_until: apiTime(maintenance.window.end.at, timezone),
  };
}

/** The service's word for a status: it has none for work that was cancelled, which is completed there. */
export function apiStatus<S extends string>(status: S): Exclude<S, "cancelled"> | "completed" {
  return status === "cancelled" ? "completed" : (status as Exclude<S, "cancelled">);
}

/** An update's text; one that cancels work or corrects something says so, as its status cannot. */
export function saidBody({ body, status, isCorrection }: Pick<Update, "body" | "isCorrection" | "status">): string {
  if (isCorrection) return `Correction: ${bodyText(body)}`;
  return status === "cancelled" ? `Cancelled: ${bodyText(body)}` : bodyText(body);
}

/** What incidents and maintenance have in common, in the order in which the service tells it. */
function commonOf<S extends string, I extends string>(
  event: Incident | Maintenance,
  told: { readonly status: S; readonly impact: I; readonly updates: ApiUpdate[] },
  site: Site,
) {
  const { id, title, slug, started, updates, effects } = event;
  const { timezone, url } = site.config;
  const said = updates.map(({ at }) => earliest(at));
  const over = overSince(event);
  const planned = event.kind === "maintenance" ? event.window.start.at : earliest(started);
  // Nothing there is over before it began, not even what never did.
  const begun = over ? Math.min(planned, earliest(over)) : planned;
  const monitoring = updates.find(({ status }) => status === "monitoring");
  const affected = new Set(effects.map(({ component }) => componentId(site.config, component)));
  return {
    id,
    name: title,
    status: told.status,
    created_at: apiTime(said[0] ?? begun, timezone),
    updated_at: apiTime(said.at(-1) ?? begun, timezone),
    monitoring_at: monitoring ? apiTime(earliest(monitoring.at), timezone) : null,
    resolved_at: over ? apiTime(earliest(over), timezone) : null,
    impact: told.impact,
    shortlink: `${url}/incidents/${encodeURIComponent(slug)}`,
    started_at: apiTime(begun, timezone),
    page_id: pageId(site.config),
    incident_updates: told.updates,
    components: componentsOf(site).filter((component) => affected.has(component.id)),
  };
}

/** Newest first. An update that leaves the status as it was has the one that stands. */
function updatesOf(event: Incident | Maintenance, site: Site): ApiUpdate[] {
  const affectedBy = effectsInTurn(event, site);
  let status: Exclude<UpdateStatus, "update"> = event.kind === "maintenance" ? "scheduled" : "investigating";
  return event.updates
    .map((update): ApiUpdate => {
      if (update.status !== "update") status = update.status;
      return updateOf(event, {
        id: apiId("update", `${event.id} ${update.id}`),
        status: apiStatus(status),
        body: [saidBody(update).trimEnd(), saidExpectations(update, event, site.config)].filter(Boolean).join("\n\n"),
        at: apiTime(earliest(update.at), site.config.timezone),
        affected: affectedBy(update),
      });
    })
    .reverse();
}

/**
 * What each update did to every affected component, asked of one update after the other. What an event does from its
 * start on is told by its first update from then on.
 */
function effectsInTurn(
  { updates, started, effects }: Incident | Maintenance,
  site: Site,
): (update: Update) => ApiUpdate["affected_components"] {
  const first = updates.find(({ at }) => earliest(at) >= earliest(started));
  const atStart = new Map<string, Effect>();
  for (const { component, from } of updates.flatMap(({ changes }) => changes)) {
    if (!atStart.has(component)) atStart.set(component, from);
  }
  const standing = effects.map(({ component, worst }) => ({
    component,
    code: componentId(site.config, component),
    name: fullName(site, component),
    atStart: atStart.get(component) ?? worst,
    effect: "operational" as Effect,
  }));
  return (update) => {
    if (standing.length === 0) return null;
    const changes = new Map(update.changes.toReversed().map(({ component, to }) => [component, to]));
    return standing.map((each) => {
      const { component, code, name, effect: from } = each;
      each.effect = changes.get(component) ?? (update === first ? each.atStart : from);
      return { code, name, old_status: from, new_status: each.effect };
    });
  };
}

interface UpdateFields {
  readonly id: string;
  readonly status: ApiUpdate["status"];
  readonly body: string;
  readonly at: string;
  readonly affected: ApiUpdate["affected_components"];
}

function updateOf(event: Incident | Maintenance, { id, status, body, at, affected }: UpdateFields): ApiUpdate {
  return {
    id,
    status,
    body,
    incident_id: event.id,
    created_at: at,
    updated_at: at,
    display_at: at,
    affected_components: affected,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}

/**
 * The update by which a report is published: the service gives it the whole text, and the incident the status
 * “postmortem” from then on. While an incident lasts it keeps its own status.
 */
function postmortemOf(incident: Incident, site: Site): ApiUpdate | undefined {
  const { report, isOver, ended, updates, started } = incident;
  if (!report || !isOver) return undefined;
  // Without a date of its own it is as old as the last thing said.
  const said = [ended, updates.at(-1)?.at, started].flatMap((when) => (when ? [earliest(when)] : []));
  const at = report.published ? earliest(report.published) : Math.max(...said);
  return updateOf(incident, {
    id: apiId("update", `${incident.id} report`),
    status: "postmortem",
    body: report.body.trim(),
    at: apiTime(at, site.config.timezone),
    affected: null,
  });
}

/** Updates added after the report stand above it. */
function newestFirst(updates: ApiUpdate[]): ApiUpdate[] {
  return updates.sort((a, b) => Date.parse(b.display_at) - Date.parse(a.display_at));
}

/** The later of two times told in one zone's offsets. */
function laterOf(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
