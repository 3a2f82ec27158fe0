import { z } from "zod";
import {
  ACTION_KINDS,
  EFFECTS,
  INCIDENT_STATUSES,
  MAINTENANCE_STATUSES,
  PHASES,
  TRIGGER_KINDS,
} from "#lib/model/incident.ts";

/**
 * The shape of every answer below `/api/v2`, said once: the answers are typed by it, and the description at
 * `/api/openapi.json` and the client's types are made from it. It is that of Atlassian Statuspage, whose clients need no change.
 */
export const SHAPES = z.registry<{ id: string; description: string }>();

const Id = z.string().regex(/^[a-z0-9]{12}$/);
const Time = z.iso.datetime({ offset: true, precision: 3 });
const EffectName = z.enum(EFFECTS);

function named<T extends z.ZodType>(schema: T, id: string, description: string): T {
  SHAPES.add(schema, { id, description });
  return schema;
}

export const Page = named(
  z.strictObject({
    id: Id,
    name: z.string(),
    url: z.url().describe("Where people read the page."),
    time_zone: z.string().describe("IANA name of the zone in whose offset all times are told."),
    updated_at: Time.describe("When anything was last said on the page."),
  }),
  "Page",
  "The status page itself.",
);

export const Status = named(
  z.strictObject({
    indicator: z.enum(["none", "minor", "major", "critical", "maintenance"]),
    description: z.string().describe("The same in words, such as “All Systems Operational”."),
  }),
  "Status",
  "The state of the whole.",
);

export const Component = named(
  z.strictObject({
    id: Id,
    name: z.string(),
    status: EffectName,
    created_at: Time,
    updated_at: Time.describe("When its status last changed."),
    position: z.int().min(1).describe("Its place in its group, or on the page."),
    description: z.string().nullable(),
    showcase: z.boolean().describe("Whether its history is shown; false for groups."),
    start_date: z.iso.date().nullable().describe("The first date for which its state is known."),
    group_id: Id.nullable(),
    page_id: Id,
    group: z.boolean().describe("Whether it is a group of components rather than one."),
    only_show_if_degraded: z.boolean(),
    components: z.array(Id).optional().describe("The components of a group; absent for all others."),
  }),
  "Component",
  "A part of the product, or a group of parts.",
);

const AffectedComponent = named(
  z.strictObject({
    code: Id.describe("The component's id."),
    name: z.string().describe("“Group - Component”, or its name alone where it has no group."),
    old_status: EffectName,
    new_status: EffectName,
  }),
  "AffectedComponent",
  "What an update did to a component.",
);

/** Statuspage has no word for work that was cancelled: it is told as completed, by an update that begins with “Cancelled:”. */
const PLANNED_STATUSES = MAINTENANCE_STATUSES.filter((status) => status !== "cancelled");

const STATUSES = [...INCIDENT_STATUSES, "postmortem", ...PLANNED_STATUSES] as const;

export const IncidentUpdate = named(
  z.strictObject({
    id: Id,
    status: z.enum(STATUSES).describe("The status from this update on."),
    body: z.string().describe("Markdown; of a postmortem the whole report."),
    incident_id: Id,
    created_at: Time,
    updated_at: Time,
    display_at: Time,
    affected_components: z.array(AffectedComponent).nullable(),
    deliver_notifications: z.boolean(),
    custom_tweet: z.string().nullable().describe("Always null."),
    tweet_id: z.string().nullable().describe("Always null."),
  }),
  "IncidentUpdate",
  "One thing said about an incident or a maintenance.",
);

const incident = {
  id: Id,
  name: z.string(),
  created_at: Time.describe("When it was first told of."),
  updated_at: Time.describe("When anything was last said of it."),
  monitoring_at: Time.nullable(),
  resolved_at: Time.nullable(),
  shortlink: z.url().describe("Its page."),
  started_at: Time,
  page_id: Id,
  incident_updates: z.array(IncidentUpdate).describe("Newest first."),
  components: z.array(Component).describe("The affected components as they are now."),
};

export const Incident = named(
  z.strictObject({
    ...incident,
    status: z
      .enum([...INCIDENT_STATUSES, "postmortem"])
      .describe("“postmortem” once it is over and its report is published."),
    impact: z.enum(["none", "minor", "major", "critical"]),
  }),
  "Incident",
  "Something that went wrong.",
);

export const ScheduledMaintenance = named(
  z.strictObject({
    ...incident,
    status: z
      .enum(PLANNED_STATUSES)
      .describe(
        "Cancelled work is “completed” at the moment it was cancelled; its last update begins with “Cancelled:”.",
      ),
    impact: z.literal("maintenance"),
    scheduled_for: Time,
    scheduled_until: Time,
  }),
  "ScheduledMaintenance",
  "Planned work.",
);

const incidents = z.array(Incident);
const scheduled_maintenances = z.array(ScheduledMaintenance);

export const Summary = named(
  z.strictObject({
    page: Page,
    components: z.array(Component),
    incidents: incidents.describe("Those that are not resolved."),
    scheduled_maintenances: scheduled_maintenances.describe("Those to come and under way."),
    status: Status,
  }),
  "Summary",
  "Everything that matters now.",
);

export const StatusAnswer = named(
  z.strictObject({ page: Page, status: Status }),
  "StatusAnswer",
  "The state of the whole.",
);

export const ComponentsAnswer = named(
  z.strictObject({ page: Page, components: z.array(Component).describe("Groups among them, by position.") }),
  "ComponentsAnswer",
  "Every component.",
);

export const IncidentsAnswer = named(
  z.strictObject({ page: Page, incidents: incidents.describe("Newest first.") }),
  "IncidentsAnswer",
  "Incidents.",
);

export const MaintenancesAnswer = named(
  z.strictObject({
    page: Page,
    scheduled_maintenances: scheduled_maintenances.describe("Newest first."),
  }),
  "MaintenancesAnswer",
  "Planned work.",
);

export const IncidentAnswer = named(
  z.strictObject({ page: Page, incident: z.union([Incident, ScheduledMaintenance]) }),
  "IncidentAnswer",
  "One incident or maintenance.",
);

const Moment = z
  .string()
  .describe("As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning.");
const Milliseconds = z.int().min(0);

export const IncidentDocument = named(
  z.strictObject({
    id: Id,
    slug: z.string(),
    url: z.url(),
    kind: z.enum(["incident", "maintenance"]),
    title: z.string(),
    status: z.enum([...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES]),
    impact: z.enum(["none", "minor", "major", "critical"]).optional().describe("Of incidents alone."),
    window: z.strictObject({ start: Moment, end: Moment }).optional().describe("Of maintenance alone."),
    started: Moment,
    detected: Moment.optional(),
    ended: Moment.optional(),
    next_update: Moment.optional().describe("By when the next update is promised, while it is not over."),
    expected_end: Moment.optional().describe("An estimate of the end, while it is not over."),
    time_to_detect_ms: Milliseconds.optional(),
    time_to_resolve_ms: Milliseconds.optional().describe("From detection to the end."),
    components: z.array(z.strictObject({ id: z.string(), name: z.string(), worst: EffectName, current: EffectName })),
    updates: z
      .array(
        z.strictObject({
          id: z.string(),
          at: Moment,
          status: z.enum([...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, "update"]),
          body: z.string().describe("Markdown."),
          next_update: Moment.optional().describe("By when it promised the next."),
          is_correction: z
            .literal(true)
            .optional()
            .describe("It corrects what subscribers were told; its text is what they were told then."),
          corrects: z.string().optional().describe("Of a correction: the id of the update that was wrong."),
          changes: z.array(z.strictObject({ component: z.string(), from: EffectName, to: EffectName })),
        }),
      )
      .describe("Oldest first."),
    phases: z
      .array(
        z.strictObject({
          phase: z.enum(PHASES),
          at: Moment,
          after_harm_ms: z.int().optional().describe("How long after the first harm to customers."),
        }),
      )
      .optional()
      .describe("The turns it took, in the order of time."),
    harm: z
      .array(
        z.strictObject({
          who: z.string(),
          component: z.string().optional(),
          region: z.string().optional(),
          saw: z.string().optional(),
          share: z.string().optional(),
          from: Moment.optional(),
          to: Moment.optional(),
          do: z.string().optional().describe("What they should do now."),
        }),
      )
      .describe("Whom it hurt, and how."),
    cause: z
      .strictObject({
        trigger: z.strictObject({ kind: z.enum(TRIGGER_KINDS), what: z.string().optional() }).optional(),
        factors: z.array(z.strictObject({ id: z.string().optional(), what: z.string() })),
        safeguards: z.strictObject({
          held: z.array(z.string()),
          failed: z.array(z.string()),
          luck: z.array(z.string()),
        }),
        unknowns: z.array(
          z.strictObject({
            what: z.string(),
            why: z.string().optional(),
            due: Moment.optional(),
            answer: z.string().optional(),
          }),
        ),
      })
      .optional()
      .describe("Why it happened, as far as that is known."),
    report: z
      .strictObject({
        status: z.enum(["preliminary", "final"]),
        published: Moment.optional(),
        due: Moment.optional().describe("When the final one is promised."),
        body: z.string().describe("Markdown."),
      })
      .optional(),
    actions: z.array(
      z.strictObject({
        id: z.string().optional(),
        kind: z.enum(ACTION_KINDS).optional().describe("What it is for."),
        title: z.string(),
        answers: z.string().optional().describe("The id of the factor that it answers."),
        owner: z.string().optional(),
        due: Moment.optional(),
        was_due: z.array(Moment).optional().describe("For when it was promised before, oldest first."),
        done: Moment.optional(),
        url: z.string().optional(),
      }),
    ),
    tags: z.array(z.string()),
  }),
  "IncidentDocument",
  "An incident or maintenance in Candor's own words, with all that is known of it.",
);

export const Refusal = named(z.strictObject({ error: z.string() }), "Refusal", "Why there is no answer.");
