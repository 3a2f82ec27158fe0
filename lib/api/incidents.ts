import type { z } from "zod";
import type { Effect } from "#lib/model/incident.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { bodyText } from "./body.ts";
import { componentsOf, fullName } from "./components.ts";
import { apiId } from "./ids.ts";
import { pageId } from "./page.ts";
import type { Incident as IncidentShape, IncidentUpdate, ScheduledMaintenance } from "./shape.ts";
import { apiTime } from "./time.ts";

export type ApiIncident = z.infer<typeof IncidentShape>;
export type ApiMaintenance = z.infer<typeof ScheduledMaintenance>;
type ApiUpdate = z.infer<typeof IncidentUpdate>;

export function incidentOf(incident: Incident, site: Site): ApiIncident {
  const { updates, ...common } = commonOf(incident, site);
  const postmortem = postmortemOf(incident, site);
  return {
    ...common,
    status: postmortem ? "postmortem" : incident.status,
    impact: incident.impact,
    incident_updates: postmortem ? newestFirst([postmortem, ...updates]) : updates,
    ...(postmortem ? { updated_at: laterOf(common.updated_at, postmortem.updated_at) } : {}),
  };
}

export function maintenanceOf(maintenance: Maintenance, site: Site): ApiMaintenance {
  const { updates, ...common } = commonOf(maintenance, site);
  const { timezone } = site.config;
  return {
    ...common,
    monitoring_at: null,
    status: maintenance.status,
    impact: "maintenance",
    incident_updates: updates,
    scheduled_for: apiTime(maintenance.window.start.at, timezone),
    scheduled_until: apiTime(maintenance.window.end.at, timezone),
  };
}

function commonOf(event: Incident | Maintenance, site: Site) {
  const { id, title, slug, started, ended, updates, effects } = event;
  const { timezone, url } = site.config;
  const told = updates.map(({ at }) => earliest(at));
  const begun = event.kind === "maintenance" ? event.window.start.at : earliest(started);
  const monitoring = updates.find(({ status }) => status === "monitoring");
  const affected = new Set(effects.map(({ component }) => apiId("component", component)));
  return {
    id,
    name: title,
    created_at: apiTime(told[0] ?? begun, timezone),
    updated_at: apiTime(told.at(-1) ?? begun, timezone),
    monitoring_at: monitoring ? apiTime(earliest(monitoring.at), timezone) : null,
    resolved_at: ended ? apiTime(earliest(ended), timezone) : null,
    shortlink: `${url}/incidents/${encodeURIComponent(slug)}`,
    started_at: apiTime(begun, timezone),
    page_id: pageId(site),
    updates: updatesOf(event, site),
    components: componentsOf(site).filter((component) => affected.has(component.id)),
  };
}

/** Newest first. An update that leaves the status as it was has the one that stands. */
function updatesOf(event: Incident | Maintenance, site: Site): ApiUpdate[] {
  const effects = new Map<string, Effect>();
  let status: ApiUpdate["status"] = event.kind === "maintenance" ? "scheduled" : "investigating";
  return event.updates
    .map((update): ApiUpdate => {
      if (update.status !== "update") status = update.status;
      const at = apiTime(earliest(update.at), site.config.timezone);
      const affected = event.effects.map(({ component }) => {
        const from = effects.get(component) ?? "operational";
        const to = effectAfter(event, component, update, from);
        effects.set(component, to);
        return {
          code: apiId("component", component),
          name: fullName(site, component),
          old_status: from,
          new_status: to,
        };
      });
      return updateOf(event, {
        id: apiId("update", `${event.id} ${update.id}`),
        status,
        body: bodyText(update.body),
        at,
        affected: affected.length > 0 ? affected : null,
      });
    })
    .reverse();
}

/** A component's effect after an update. What an event does from its start on is told by its first update from then on. */
function effectAfter(
  { updates, started, effects }: Incident | Maintenance,
  component: string,
  update: Incident["updates"][number],
  before: Effect,
): Effect {
  const changes = (each: typeof update) => each.changes.filter((change) => change.component === component);
  const [change] = changes(update);
  if (change) return change.to;
  if (updates.find(({ at }) => earliest(at) >= earliest(started)) !== update) return before;
  const atStart = updates.flatMap(changes)[0]?.from ?? effects.find((effect) => effect.component === component)?.worst;
  return atStart ?? before;
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
