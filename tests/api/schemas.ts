import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/**
 * The answers of a Statuspage as JSON Schemas, written from what is known of that service and not from our own code. The
 * real dumps pass them (statuspage-dumps.test.ts), which shows that they are true; ours have to as well.
 */

const id = { type: "string", pattern: "^[a-z0-9]{12}$" };
/** ISO 8601 with milliseconds and an offset; never “+00:00” where the page's zone is UTC. */
const time = {
  type: "string",
  pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)$`,
  format: "date-time",
};
const text = { type: "string" };
const orNull = (schema: { type: string }) => ({ ...schema, type: [schema.type, "null"] });
const list = (items: object) => ({ type: "array", items });
const effect = {
  enum: ["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"],
};

/** An object with exactly these fields. */
function exactly(properties: Record<string, object>, optional: Record<string, object> = {}) {
  return {
    type: "object",
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

const page = exactly({ id, name: text, url: { type: "string", format: "uri" }, time_zone: text, updated_at: time });

const status = {
  ...exactly({ indicator: text, description: text }),
  oneOf: Object.entries({
    none: ["All Systems Operational"],
    minor: ["Partially Degraded Service", "Minor Service Outage"],
    major: ["Partial System Outage"],
    critical: ["Major Service Outage"],
    maintenance: ["Service Under Maintenance"],
  }).map(([indicator, descriptions]) => ({
    properties: { indicator: { const: indicator }, description: { enum: descriptions } },
  })),
};

const common = {
  id,
  name: text,
  status: effect,
  created_at: time,
  updated_at: time,
  position: { type: "integer", minimum: 1 },
  description: orNull(text),
  showcase: { type: "boolean" },
  start_date: { type: ["string", "null"], format: "date" },
};
const last = { only_show_if_degraded: { type: "boolean" } };
const component = exactly({ ...common, group_id: orNull(id), page_id: id, group: { const: false }, ...last });
const group = exactly({
  ...common,
  group_id: { type: "null" },
  page_id: id,
  group: { const: true },
  ...last,
  components: list(id),
});
const anyComponent = { oneOf: [component, group] };

const affected = {
  type: ["array", "null"],
  items: exactly({ code: id, name: text, old_status: effect, new_status: effect }),
  minItems: 1,
};

const update = (statuses: readonly string[]) =>
  exactly({
    id,
    status: { enum: statuses },
    body: text,
    incident_id: id,
    created_at: time,
    updated_at: time,
    display_at: time,
    affected_components: affected,
    deliver_notifications: { type: "boolean" },
    custom_tweet: orNull(text),
    tweet_id: { type: ["string", "integer", "null"] },
  });

const event = (statuses: readonly string[], impacts: readonly string[], more: Record<string, object> = {}) =>
  exactly(
    {
      id,
      name: text,
      status: { enum: statuses },
      created_at: time,
      updated_at: time,
      monitoring_at: orNull(time),
      resolved_at: orNull(time),
      impact: { enum: impacts },
      shortlink: { type: "string", format: "uri" },
      started_at: time,
      page_id: id,
      incident_updates: list(update(statuses)),
      components: list(component),
      ...more,
    },
    // Seen in some answers of the service, always null; no client looks for it.
    { reminder_intervals: { type: "null" } },
  );

const INCIDENT_STATUSES = ["investigating", "identified", "monitoring", "resolved", "postmortem"];
const incident = event(INCIDENT_STATUSES, ["none", "minor", "major", "critical"]);
const maintenance = event(["scheduled", "in_progress", "verifying", "completed"], ["maintenance"], {
  scheduled_for: time,
  scheduled_until: time,
});

const answers = {
  summary: exactly({
    page,
    components: list(anyComponent),
    incidents: list(incident),
    scheduled_maintenances: list(maintenance),
    status,
  }),
  status: exactly({ page, status }),
  components: exactly({ page, components: list(anyComponent) }),
  incidents: exactly({ page, incidents: { ...list(incident), maxItems: 50 } }),
  maintenances: exactly({ page, scheduled_maintenances: { ...list(maintenance), maxItems: 50 } }),
  incident: exactly({ page, incident }),
  maintenance: exactly({ page, incident: maintenance }),
} as const;

export type AnswerName = keyof typeof answers;

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
formats(ajv);

const validators = Object.fromEntries(
  Object.entries(answers).map(([name, schema]) => [name, ajv.compile(schema)]),
) as Record<AnswerName, ValidateFunction>;

/** What is wrong with an answer; empty when nothing is. */
export function faultsOf(name: AnswerName, answer: unknown): string[] {
  const isValid = validators[name];
  if (isValid(answer)) return [];
  return (isValid.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

interface Told {
  readonly created_at: string;
  readonly display_at: string;
}

export interface AnyIncident {
  readonly id: string;
  readonly page_id: string;
  readonly created_at: string;
  readonly started_at: string;
  readonly monitoring_at: string | null;
  readonly resolved_at: string | null;
  readonly updated_at: string;
  readonly incident_updates: readonly (Told & {
    readonly incident_id: string;
    readonly status: string;
    readonly affected_components: readonly { code: string; old_status: string; new_status: string }[] | null;
  })[];
  readonly components: readonly { readonly id: string }[];
}

/** The fields of each object in the order in which the service tells them. */
const ORDER = [
  ["page", "components", "incidents", "scheduled_maintenances", "status"],
  ["page", "incident"],
  Object.keys(page.properties),
  Object.keys(status.properties),
  Object.keys(group.properties),
  Object.keys(maintenance.properties),
  Object.keys(update([]).properties),
  Object.keys(affected.items.properties),
];

/** Every object whose fields stand in another order than the service's: people compare the two line by line. */
export function misplaced(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => misplaced(each, `${path}/${index}`));
  if (typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  const isInOrder = ORDER.some((order) => order.filter((key) => keys.includes(key)).join() === keys.join());
  return [
    ...(isInOrder ? [] : [`${path}: ${keys}`]),
    ...Object.entries(value).flatMap(([key, inner]) => misplaced(inner, `${path}/${key}`)),
  ];
}

/** What a schema cannot say of an incident: the order of its updates, and what must agree with what. */
export function disagreements(page: { readonly id: string }, incident: AnyIncident): string[] {
  const shown = incident.incident_updates.map(({ display_at }) => Date.parse(display_at));
  const isNewestFirst = shown.every((at, index) => index === 0 || at <= (shown[index - 1] ?? 0));
  const components = incident.components.map(({ id }) => id);
  const faults = {
    "its updates are not newest first": !isNewestFirst,
    "it is of another page": incident.page_id !== page.id,
    "an update is of another incident": incident.incident_updates.some((each) => each.incident_id !== incident.id),
    "a component is there twice": new Set(components).size !== components.length,
  };
  return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [`${incident.id}: ${fault}`] : []));
}
