import { z } from "zod";
import {
  ACTION_KINDS,
  EFFECTS,
  IMPACTS,
  INCIDENT_STATUSES,
  MAINTENANCE_STATUSES,
  TRIGGER_KINDS,
} from "#lib/model/incident.ts";
import {
  filled,
  formerPath,
  id,
  line,
  MAX_TITLE,
  otherwise,
  time,
  tooMany,
  truth,
  webAddress,
} from "./schema-values.ts";
import { readDay, readInstant, readInstantOrPeriod, readWhen } from "./when.ts";

const MAX_UPDATES = 1000;
const MAX_COMPONENTS = 500;

/** An event's own mark: such an id as the API answers with. */
const eventId = z
  .string()
  .regex(
    /^[a-z0-9]{12}$/,
    otherwise(
      "not an id of twelve small letters and digits",
      "Take it out; the next command that writes here adds one.",
    ),
  );
const updateId = z
  .string()
  .regex(
    /^[a-z0-9]{4,12}$/,
    otherwise("not an id of four to twelve small letters and digits", "Take it out, or write one such as k3x9ta."),
  );
const actionId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,39}$/,
    otherwise("not an id of at most 40 small letters, digits and hyphens", "Write one such as route-by-tenant."),
  );
const effects = z
  .record(id, z.enum(EFFECTS))
  .refine((each) => Object.keys(each).length <= MAX_COMPONENTS, tooMany(MAX_COMPONENTS, "components"));

/** Front matter of an incident file; times without an offset are read in `zone`. */
export function entrySchema(zone: string) {
  const when = time(zone, readWhen);
  const day = time(zone, readDay);
  const instant = time(zone, readInstant);
  const promise = time(zone, readInstantOrPeriod);
  return z.strictObject({
    id: eventId
      .exactOptional()
      .describe(
        "Its own mark, twelve small letters and digits, which commands write: it stays itself whatever is renamed or reworded.",
      ),
    title: line(MAX_TITLE).describe("What is wrong, in a customer's words."),
    impact: z
      .enum(IMPACTS)
      .exactOptional()
      .describe("How badly customers are hurt as a whole. Left out: derived from the worst effect on a component."),
    components: z
      .union([effects, z.array(id).max(MAX_COMPONENTS, tooMany(MAX_COMPONENTS, "components"))])
      .exactOptional()
      .describe("What is hit: ids with their effect (`{ api: partial_outage }`), or a plain list of ids."),
    started: when
      .exactOptional()
      .describe(
        "When it began: an instant, a date or a span; `~` before it marks it approximate. Left out: the first update.",
      ),
    detected: when.exactOptional().describe("When it was noticed."),
    ended: when.exactOptional().describe("When it was over. Left out: the update that resolved it."),
    updates: z
      .array(updateSchema(zone))
      .max(MAX_UPDATES, tooMany(MAX_UPDATES, "updates"))
      .exactOptional()
      .describe("The timeline: what customers were told, and when."),
    next_update: promise
      .exactOptional()
      .describe(
        "By when the next update comes, where no update says so: a time, or after each update so much later, as in 30m.",
      ),
    expected_end: when.exactOptional().describe("When it is expected to be over: an estimate, and shown as one."),
    scheduled: z
      .strictObject({
        start: instant.describe("When the work begins."),
        end: instant.describe("When the work is over."),
      })
      .exactOptional()
      .describe("The window of planned work: it makes this a maintenance."),
    report: z
      .strictObject({
        status: z.enum(["preliminary", "final"]).describe("`preliminary` while facts are missing, then `final`."),
        due: day.exactOptional().describe("The date for which the final report is promised."),
        published: when.exactOptional().describe("When this version was published."),
      })
      .exactOptional()
      .describe("How far the report below the front matter has come."),
    ...storyShape(zone),
    actions: z
      .array(actionSchema(zone))
      .max(200, tooMany(200, "actions"))
      .exactOptional()
      .describe("What is done so that it does not happen again, in public, until it is done."),
    tags: z
      .array(line(50))
      .max(50, tooMany(50, "tags"))
      .exactOptional()
      .describe("Words by which incidents are grouped."),
    draft: truth.exactOptional().describe("`true`: checked, but shown in the preview alone."),
    redirects: z
      .array(formerPath)
      .max(100, tooMany(100, "redirects"))
      .exactOptional()
      .describe("Former paths of this page, which lead here for ever."),
  });
}

function updateSchema(zone: string) {
  const when = time(zone, readWhen);
  const promise = time(zone, readInstantOrPeriod);
  return z.strictObject({
    id: updateId
      .exactOptional()
      .describe("The update's own mark in this file, which commands write: with it, it may be reworded and moved."),
    at: when.describe("When this was said, as in `2017-08-23T11:05+02:00`; without an offset in the site's own zone."),
    status: z
      .enum([...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, "update"])
      .describe("The state from here on; `update` leaves it as it was."),
    body: filled(50_000).describe("What customers should know, in Markdown."),
    components: effects.exactOptional().describe("Effects from here on; components left out keep theirs."),
    next_update: promise
      .exactOptional()
      .describe("By when the next update comes: a time, or a length of time from this update on, as in 30m."),
  });
}

/** Whom it hurt, when what happened, and why: keys of their own, each of which may be left out. */
function storyShape(zone: string) {
  return {
    harm: harmSchema(zone)
      .exactOptional()
      .describe("“Was it me?”: whom it hurt, what they saw, and what they should do now. Readers see it first of all."),
    phases: phasesSchema(zone)
      .exactOptional()
      .describe("The turns it took: customers see how long each came after the first harm."),
    ...causeShape(zone),
  };
}

function phasesSchema(zone: string) {
  const when = time(zone, readWhen);
  return z.strictObject({
    fault: when.exactOptional().describe("What was wrong came in."),
    harm: when.exactOptional().describe("The first customer had it; left out, `started`."),
    detected: when.exactOptional().describe("Somebody noticed; left out, `detected`."),
    declared: when.exactOptional().describe("It was declared an incident."),
    told: when
      .exactOptional()
      .describe("Customers were told; left out, when it was first published, where that is known."),
    mitigated: when.exactOptional().describe("Most of it was over."),
    ended: when.exactOptional().describe("All of it was over; left out, the end."),
  });
}

/** Why it happened: keys of their own, each of which may be left out. */
function causeShape(zone: string) {
  const list = z.array(line(500)).max(50, tooMany(50, "lines"));
  return {
    trigger: z
      .strictObject({
        kind: z.enum(TRIGGER_KINDS).describe("What sort of thing set it off; `unknown` is an answer too."),
        what: line(500).exactOptional().describe("What it was."),
      })
      .exactOptional()
      .describe("What set it off."),
    factors: z
      .array(
        z.strictObject({
          id: actionId.exactOptional().describe("A name by which an action says that it answers it (`answers`)."),
          what: line(500).describe("What else it took for this to happen, or to be as bad as it was."),
        }),
      )
      .max(50, tooMany(50, "factors"))
      .exactOptional()
      .describe("What else it took: few incidents have one cause."),
    safeguards: z
      .strictObject({
        held: list.exactOptional().describe("What kept it from being worse."),
        failed: list.exactOptional().describe("What should have kept it from happening, and did not."),
        luck: list.exactOptional().describe("What kept it from being worse without anybody's doing."),
      })
      .exactOptional()
      .describe("What held, what failed, and where you were lucky."),
    unknowns: z
      .array(
        z.strictObject({
          what: line(500).describe("What is not known."),
          why: line(500).exactOptional().describe("Why it is not known."),
          due: time(zone, readDay).exactOptional().describe("The date for which an answer is promised."),
          answer: line(1000).exactOptional().describe("What is known by now."),
        }),
      )
      .max(50, tooMany(50, "lines"))
      .exactOptional()
      .describe("What nobody knows yet, or knows by now."),
  };
}

function harmSchema(zone: string) {
  const when = time(zone, readWhen);
  const row = z.strictObject({
    who: line(200).describe("A group of customers, in words that each of them knows for their own."),
    component: id.exactOptional().describe("The component on which they saw it."),
    region: id.exactOptional().describe("Where they are: a region of site.yaml."),
    saw: line(500).exactOptional().describe("What they saw."),
    share: line(100).exactOptional().describe("How many of them: `all`, or words such as `about one in ten`."),
    from: when.exactOptional().describe("When it began for them; left out, with the incident."),
    to: when.exactOptional().describe("When it ended for them; left out, with the incident."),
    do: line(500).exactOptional().describe("What they should do now: `nothing`, or words."),
  });
  return z.array(row).max(50, tooMany(50, "rows"));
}

function actionSchema(zone: string) {
  const day = time(zone, readDay);
  return z.strictObject({
    id: actionId
      .exactOptional()
      .describe("The action's own mark in this file, which commands write: it stays itself when it is reworded."),
    kind: z
      .enum(ACTION_KINDS)
      .exactOptional()
      .describe(
        "What it is for: `prevent` that it happens again, `detect` it sooner, `limit` the harm, or `tell` customers sooner.",
      ),
    title: line(MAX_TITLE).describe("What is to be done."),
    answers: actionId.exactOptional().describe("The id of the factor that it answers."),
    owner: line(100).exactOptional().describe("The team that does it."),
    due: day.exactOptional().describe("The date for which it is promised."),
    was_due: z
      .array(day)
      .max(50, tooMany(50, "dates"))
      .exactOptional()
      .describe("The dates for which it was promised before, oldest first; `candor action postpone` adds to them."),
    done: day.exactOptional().describe("The date on which it was done."),
    url: webAddress.exactOptional().describe("Where it can be followed."),
  });
}
