import type { Component, SiteConfig } from "./config.ts";
import type {
  Action,
  Cause,
  Effect,
  Entry,
  Harm,
  Impact,
  IncidentStatus,
  MaintenanceStatus,
  Phase,
  ReportState,
  UpdateStatus,
} from "./incident.ts";
import type { Day, Duration, Instant, When } from "./time.ts";

/** A picture that the published texts show, named by its content so that it never changes under its address. */
export interface Image {
  /** Path inside the content folder. */
  readonly path: string;
  /** Where it is served, from the site's root. */
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** Everything that was checked and is to be published: what a Site is compiled from, with nothing of the clock in it. */
export interface Content {
  readonly config: SiteConfig;
  /** In order of their files. */
  readonly entries: readonly PublishedEntry[];
  readonly images: readonly Image[];
}

/** An entry with what only its publications know of it. */
export interface PublishedEntry extends Entry {
  /** Its report as it last stood on the site before it became final. */
  readonly preliminary?: PreliminaryReport;
  /** Of maintenance, where the number of its updates does not tell how often it has changed. */
  readonly revision?: Revision;
  readonly seen?: FirstSeen;
  /** What was told of it and taken back, the oldest first. */
  readonly corrections?: readonly PublishedCorrection[];
}

/** What those who were told something wrong were told afterwards. */
export interface PublishedCorrection {
  readonly at: Instant;
  /** GitHub-flavoured Markdown. */
  readonly message: string;
  /** The newest update that the wrong message told: by its id in its file or, without one, by its time as machines write it. */
  readonly corrects?: string;
}

/** When readers could first see what is dated earlier than that, in milliseconds since the epoch. */
export interface FirstSeen {
  readonly event?: number;
  /** By the id of the update in its file or, without one, by its time as machines write it. */
  readonly updates?: Readonly<Record<string, number>>;
  /** Any report of it, and the final one. */
  readonly report?: number;
  readonly finalReport?: number;
}

/** A state of a planned maintenance. */
export interface Revision {
  /** Higher with every change that readers have seen. */
  readonly sequence: number;
  /** When it was published, in milliseconds since the epoch. */
  readonly at: number;
}

/** An earlier version of a report that has become final. */
export interface PreliminaryReport {
  /** GitHub-flavoured Markdown. */
  readonly body: string;
  /** When it was published, as its author stated it; otherwise when it was last published. */
  readonly published: When;
}

/** How a component's effect changed with an update. */
export interface EffectChange {
  readonly component: string;
  readonly from: Effect;
  readonly to: Effect;
}

/** One update of the timeline. */
export interface Update {
  /** Unique in its incident and part of its permanent address: made from its time. */
  readonly id: string;
  /** The mark that its file gives it, by which it is known again. */
  readonly writtenId?: string;
  readonly at: When;
  readonly status: UpdateStatus;
  /** GitHub-flavoured Markdown. */
  readonly body: string;
  readonly changes: readonly EffectChange[];
  /** It came after the incident had been resolved and did not reopen it. */
  readonly isAfterEnd: boolean;
  /** It brought an incident back that had been resolved. */
  readonly isReopening: boolean;
  /** By when it promised the next update. */
  readonly nextUpdate?: Instant;
  /** It stands in no file: it corrects what was told, as those who were told have read. */
  readonly isCorrection?: true;
  /** Of a correction: the id of the update that was wrong; absent where that is not there any more. */
  readonly corrects?: string;
  /** The id of the newest correction of it. */
  readonly correctedBy?: string;
}

/** What an event does to a component: at its worst, and now. */
export interface ComponentEffect {
  readonly component: string;
  readonly worst: Effect;
  readonly current: Effect;
}

/** What an incident and a maintenance have in common. */
export interface Event {
  /**
   * Twelve characters of `[a-z0-9]`: those its file gives it; otherwise those of a former address `/incidents/<id>`,
   * or made from the slug under which it was first published.
   */
  readonly id: string;
  /** The id that its file gives it, by which it is known again. */
  readonly writtenId?: string;
  readonly slug: string;
  readonly title: string;
  readonly started: When;
  readonly ended?: When;
  /** From start to end; to now while it lasts. */
  readonly lasted: Duration;
  readonly isOver: boolean;
  readonly effects: readonly ComponentEffect[];
  /** In the order of time, oldest first. */
  readonly updates: readonly Update[];
  /** By when readers are promised the next update; of what is over nothing. */
  readonly nextUpdate?: Instant;
  /** When it is expected to be over: an estimate, and shown as one; of what is over nothing. */
  readonly expectedEnd?: When;
  /** Whether updates are written whose time has not come: they are not among `updates` yet. */
  readonly hasUpdatesAhead?: true;
  readonly harm?: readonly Harm[];
  /** Absent where nothing is said of it. */
  readonly cause?: Cause;
  readonly report?: Report;
  readonly actions: readonly Action[];
  readonly tags: readonly string[];
  readonly redirects: readonly string[];
  /** Path of its file inside the content folder. */
  readonly file: string;
  readonly seen?: FirstSeen;
}

/** One turn of an incident. */
export interface PhaseAt {
  readonly phase: Phase;
  readonly at: When;
  /** How long after the first customer had it; absent of what came before. */
  readonly after?: Duration;
}

/** Something that went wrong. */
export interface Incident extends Event {
  readonly kind: "incident";
  readonly impact: Impact;
  /** Whether anybody said what it does to customers. Where nobody did, `impact` is `none` and must not be told as such. */
  readonly isImpactStated: boolean;
  readonly status: IncidentStatus;
  readonly detected?: When;
  /** From start to detection. */
  readonly timeToDetect?: Duration;
  /** From detection to end. */
  readonly timeToRepair?: Duration;
  /** Its turns in the order of time, where its file names any. */
  readonly phases?: readonly PhaseAt[];
  /** When its report is promised, if it is and the final one is not there yet. */
  readonly reportDue?: ReportPromise;
}

/** Planned work. */
export interface Maintenance extends Event {
  readonly kind: "maintenance";
  readonly status: MaintenanceStatus;
  readonly window: { readonly start: Instant; readonly end: Instant };
  /** As in its entry: how often it has changed, where its updates do not tell. */
  readonly revision?: Revision;
  /** When it was cancelled. Work that had begun by then ended with that; other work has no `ended`. */
  readonly cancelled?: When;
  /** Still running although its window is over. */
  readonly isOverrunning: boolean;
}

/** A postmortem as far as it is written. */
export interface Report extends ReportState {
  /** GitHub-flavoured Markdown. */
  readonly body: string;
  /** What it was before it became final, where readers have seen that. */
  readonly preliminary?: PreliminaryReport;
}

export interface ReportPromise {
  readonly status: "preliminary" | "final";
  /** The last moment of the promise, in milliseconds since the epoch. */
  readonly at: number;
  readonly day?: Day;
  readonly isOverdue: boolean;
}

/** What is known of a component on one date, or in one month or year. */
export interface Availability {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly period: string;
  /** The worst effect at any moment of it. */
  readonly worst: Effect;
  /** Observed time, in milliseconds. */
  readonly observedMs: number;
  /** Time that it was certainly affected, by whatever effect, in milliseconds; 0 where only dates are known. */
  readonly affectedMs: number;
  /** Time lost: a major outage counts whole, a partial one 30 %. In milliseconds. */
  readonly lostMs: number;
  /** Slugs of what affected it, in order of time. */
  readonly events: readonly string[];
}

/** A component with its state now and its past. */
export interface ComponentHistory extends Component {
  readonly effect: Effect;
  /** The last 90 dates, oldest first; `null` for a date before the component was observed. */
  readonly days: readonly (Availability | null)[];
  /** Share of those dates' observed time that was not lost, from 0 to 1; absent when nothing was observed. */
  readonly uptime?: number;
  /** Months with anything observed, newest first. */
  readonly months: readonly Availability[];
  readonly years: readonly Availability[];
}

export interface Group {
  /** Absent for the components that have none. */
  readonly name?: string;
  readonly components: readonly ComponentHistory[];
}

/** Everything a page, a feed, an answer of the API or a notice can say: plain, frozen and computed from `Content` and `now`. */
export interface Site {
  readonly config: SiteConfig;
  /** The moment it was computed for, in milliseconds since the epoch. */
  readonly now: number;
  /** Until when another `now` would give the same but for `now` itself and lengths of what still lasts. */
  readonly validUntil: number;
  /** The worst of what is going on. */
  readonly state: Effect;
  /** In the order of site.yaml; components without a group first. */
  readonly groups: readonly Group[];
  /** Newest first. */
  readonly incidents: readonly Incident[];
  /** Newest first by start. */
  readonly maintenances: readonly Maintenance[];
  readonly images: readonly Image[];
}
