import type { Day, Instant, Period, When } from "./time.ts";

/** How badly an incident hurts customers as a whole, mildest first. */
export const IMPACTS = ["none", "minor", "major", "critical"] as const;
export type Impact = (typeof IMPACTS)[number];

/** What an incident or a maintenance does to one component, mildest first. */
export const EFFECTS = [
  "operational",
  "under_maintenance",
  "degraded_performance",
  "partial_outage",
  "major_outage",
] as const;
export type Effect = (typeof EFFECTS)[number];

/** An incident's states in the order they are usually passed. */
export const INCIDENT_STATUSES = ["investigating", "identified", "monitoring", "resolved"] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** A maintenance's states in the order they are usually passed; `cancelled` ends it whether it had begun or not. */
export const MAINTENANCE_STATUSES = ["scheduled", "in_progress", "verifying", "completed", "cancelled"] as const;
export type MaintenanceStatus = (typeof MAINTENANCE_STATUSES)[number];

/** What an update may say of the status; `update` leaves it as it was. */
export type UpdateStatus = IncidentStatus | MaintenanceStatus | "update";

/** What one update, as written, says. */
export interface EntryUpdate {
  /** Its mark in this file, four to twelve of `[a-z0-9]`, which no edit of anything else changes. */
  readonly id?: string;
  readonly at: When;
  readonly status: UpdateStatus;
  /** GitHub-flavoured Markdown. */
  readonly body: string;
  /** Effects from this update on; components left out keep theirs. */
  readonly components: Readonly<Record<string, Effect>>;
  /** By when it promises the next update. */
  readonly nextUpdate?: Instant;
}

/** Whom an incident hurt, and how: an answer to “was it me?”. */
export interface Harm {
  /** A group of customers, in words that each of them knows for their own. */
  readonly who: string;
  /** Id of a component. */
  readonly component?: string;
  /** Id of a region of site.yaml. */
  readonly region?: string;
  /** What they saw. */
  readonly saw?: string;
  /** How many of them: `all`, or words. */
  readonly share?: string;
  readonly from?: When;
  readonly to?: When;
  /** What they should do now: `nothing`, or words. */
  readonly do?: string;
}

/**
 * The turns of an incident, in their usual order: what was wrong came in, the first customer had it, somebody noticed, it
 * was declared an incident, customers were told, most of it was over, all of it was.
 */
export const PHASES = ["fault", "harm", "detected", "declared", "told", "mitigated", "ended"] as const;
export type Phase = (typeof PHASES)[number];
export type Phases = Readonly<Partial<Record<Phase, When>>>;

/** What sets an incident off. */
export const TRIGGER_KINDS = [
  "change",
  "load",
  "dependency",
  "data",
  "hardware",
  "time",
  "procedure",
  "attack",
  "unknown",
] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** Why an incident happened, as far as that is known; every part may be left out. */
export interface Cause {
  readonly trigger?: { readonly kind: TriggerKind; readonly what?: string };
  /** What else it took. An action answers one by naming its id. */
  readonly factors?: readonly { readonly id?: string; readonly what: string }[];
  readonly safeguards?: {
    /** What kept it from being worse. */
    readonly held?: readonly string[];
    /** What should have kept it from happening. */
    readonly failed?: readonly string[];
    /** What kept it from being worse without anybody's doing. */
    readonly luck?: readonly string[];
  };
  /** What nobody knows yet, or knows by now. */
  readonly unknowns?: readonly {
    readonly what: string;
    /** Why it is not known. */
    readonly why?: string;
    /** For when an answer is promised. */
    readonly due?: Day;
    readonly answer?: string;
  }[];
}

/** What an action is for: that it does not happen again, is seen sooner, does less harm, or is told sooner. */
export const ACTION_KINDS = ["prevent", "detect", "limit", "tell"] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** A public follow-up, tracked until done. */
export interface Action {
  /** Its own mark in its file: it stays itself when it is reworded. */
  readonly id?: string;
  readonly kind?: ActionKind;
  readonly title: string;
  /** The id of the factor that it answers. */
  readonly answers?: string;
  readonly owner?: string;
  readonly due?: Day;
  /** The dates for which it was promised before, in the order in which they were given up. */
  readonly wasDue?: readonly Day[];
  readonly done?: Day;
  readonly url?: string;
}

/** How far the report (postmortem) in the Markdown body has come. */
export interface ReportState {
  readonly status: "preliminary" | "final";
  /** When the final report is promised. */
  readonly due?: Day;
  /** When this version was published, as the author states it. */
  readonly published?: When;
}

/**
 * One incident or maintenance exactly as its file says it, checked but with nothing derived from it yet.
 * A file with a `scheduled` window is a maintenance; every other is an incident.
 */
export interface Entry extends Cause {
  /** The file's base name without `.md`: the permanent address. */
  readonly slug: string;
  /** Path inside the content folder, with `/`. */
  readonly file: string;
  /** Its mark in the folder, twelve of `[a-z0-9]`, which no edit of anything else changes. */
  readonly id?: string;
  readonly title: string;
  readonly impact?: Impact;
  /** Component id to effect; `null` where only the id was listed and the effect follows from the impact. */
  readonly components: Readonly<Record<string, Effect | null>>;
  readonly started?: When;
  readonly detected?: When;
  readonly ended?: When;
  readonly phases?: Phases;
  /** In the order written. */
  readonly harm?: readonly Harm[];
  readonly updates: readonly EntryUpdate[];
  /** By when readers are promised the next update, where no update says so itself: a period counts from the newest update. */
  readonly nextUpdate?: Instant | Period;
  /** When it is expected to be over: an estimate, and shown as one. */
  readonly expectedEnd?: When;
  readonly scheduled?: { readonly start: Instant; readonly end: Instant };
  readonly report?: ReportState;
  readonly actions: readonly Action[];
  readonly tags: readonly string[];
  readonly draft: boolean;
  /** Former paths of this page (`/issues/2020-05-01-old-name/`), which lead here for ever. */
  readonly redirects: readonly string[];
  /** The report: GitHub-flavoured Markdown, empty when there is none yet. */
  readonly body: string;
}
