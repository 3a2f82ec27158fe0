import type { z } from "zod";
import { timeForMachines } from "#lib/calendar/words.ts";
import type { Action, Cause } from "#lib/model/incident.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import type { When } from "#lib/model/time.ts";
import type { IncidentDocument } from "./shape.ts";

/** `/incidents/<slug>.json` */
export function documentOf(event: Incident | Maintenance, site: Site): z.infer<typeof IncidentDocument> {
  const {
    id,
    slug,
    kind,
    title,
    status,
    started,
    ended,
    effects,
    updates,
    harm = [],
    cause,
    report,
    actions,
    tags,
  } = event;
  const nameOf = (component: string) => site.config.components.find((each) => each.id === component)?.name ?? component;
  return {
    id,
    slug,
    url: `${site.config.url}/incidents/${encodeURIComponent(slug)}`,
    kind,
    title,
    status,
    ...(event.kind === "incident"
      ? incidentFields(event)
      : { window: { start: timeForMachines(event.window.start), end: timeForMachines(event.window.end) } }),
    started: timeForMachines(started),
    ...at("ended", ended),
    ...at("next_update", event.nextUpdate),
    ...at("expected_end", event.expectedEnd),
    components: effects.map(({ component, worst, current }) => ({
      id: component,
      name: nameOf(component),
      worst,
      current,
    })),
    harm: harm.map(({ from, to, ...row }) => ({ ...row, ...at("from", from), ...at("to", to) })),
    ...(cause ? { cause: causeOf(cause) } : {}),
    updates: updates.map((update) => ({
      id: update.id,
      at: timeForMachines(update.at),
      status: update.status,
      body: update.body,
      ...at("next_update", update.nextUpdate),
      ...(update.isCorrection ? { is_correction: true as const } : {}),
      ...(update.corrects === undefined ? {} : { corrects: update.corrects }),
      changes: update.changes.map(({ component, from, to }) => ({ component, from, to })),
    })),
    ...(report
      ? {
          report: {
            status: report.status,
            ...at("published", report.published),
            ...at("due", report.due),
            body: report.body.trim(),
          },
        }
      : {}),
    actions: actions.map(actionOf),
    tags: [...tags],
  };
}

function incidentFields({ impact, detected, phases, timeToDetect, timeToRepair }: Incident) {
  return {
    impact,
    ...at("detected", detected),
    ...(timeToDetect ? { time_to_detect_ms: timeToDetect.ms } : {}),
    ...(timeToRepair ? { time_to_resolve_ms: timeToRepair.ms } : {}),
    ...(phases
      ? {
          phases: phases.map(({ phase, at: when, after }) => ({
            phase,
            at: timeForMachines(when),
            ...(after ? { after_harm_ms: after.ms } : {}),
          })),
        }
      : {}),
  };
}

function causeOf({ factors = [], safeguards = {}, trigger, unknowns = [] }: Cause) {
  const { held = [], failed = [], luck = [] } = safeguards;
  return {
    ...(trigger ? { trigger } : {}),
    factors: [...factors],
    safeguards: { held: [...held], failed: [...failed], luck: [...luck] },
    unknowns: unknowns.map(({ due, ...one }) => ({ ...one, ...at("due", due) })),
  };
}

function actionOf({ id, kind, title, answers, owner, due, wasDue, done, url }: Action) {
  return {
    ...(id ? { id } : {}),
    ...(kind ? { kind } : {}),
    title,
    ...(answers ? { answers } : {}),
    ...(owner ? { owner } : {}),
    ...at("due", due),
    ...(wasDue ? { was_due: wasDue.map(timeForMachines) } : {}),
    ...at("done", done),
    ...(url ? { url } : {}),
  };
}

/** A time under its name, where it is known. */
function at<K extends string>(name: K, when: When | undefined): { [each in K]?: string } {
  return (when ? { [name]: timeForMachines(when) } : {}) as { [each in K]?: string };
}
