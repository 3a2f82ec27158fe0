/**
 * A client for the status pages of Candor, and for whatever answers as Atlassian Statuspage does. It is one file without
 * imports, for Node.js, browsers and everything else that has `fetch`: copy it. MIT licence.
 *
 *     const status = candorClient("https://status.example.com");
 *     const { indicator, description } = (await status.status()).status;
 */

// The types below are made from /api/openapi.json.

/** What an update did to a component. */
export interface AffectedComponent {
  /** The component's id. */
  readonly code: string;
  /** “Group - Component”, or its name alone where it has no group. */
  readonly name: string;
  readonly old_status: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
  readonly new_status: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
}

/** A part of the product, or a group of parts. */
export interface Component {
  readonly id: string;
  readonly name: string;
  readonly status: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
  readonly created_at: string;
  /** When its status last changed. */
  readonly updated_at: string;
  /** Its place in its group, or on the page. */
  readonly position: number;
  readonly description: string | null;
  /** Whether its history is shown; false for groups. */
  readonly showcase: boolean;
  /** The first date for which its state is known. */
  readonly start_date: string | null;
  readonly group_id: string | null;
  readonly page_id: string;
  /** Whether it is a group of components rather than one. */
  readonly group: boolean;
  readonly only_show_if_degraded: boolean;
  /** The components of a group; absent for all others. */
  readonly components?: readonly string[];
}

/** Every component. */
export interface ComponentsAnswer {
  readonly page: Page;
  /** Groups among them, by position. */
  readonly components: readonly Component[];
}

/** Something that went wrong. */
export interface Incident {
  readonly id: string;
  readonly name: string;
  /** When it was first told of. */
  readonly created_at: string;
  /** When anything was last said of it. */
  readonly updated_at: string;
  readonly monitoring_at: string | null;
  readonly resolved_at: string | null;
  /** Its page. */
  readonly shortlink: string;
  readonly started_at: string;
  readonly page_id: string;
  /** Newest first. */
  readonly incident_updates: readonly IncidentUpdate[];
  /** The affected components as they are now. */
  readonly components: readonly Component[];
  /** “postmortem” once it is over and its report is published. */
  readonly status: "investigating" | "identified" | "monitoring" | "resolved" | "postmortem";
  readonly impact: "none" | "minor" | "major" | "critical";
}

/** One incident or maintenance. */
export interface IncidentAnswer {
  readonly page: Page;
  readonly incident: Incident | ScheduledMaintenance;
}

/** An incident or maintenance in Candor's own words, with all that is known of it. */
export interface IncidentDocument {
  readonly id: string;
  readonly slug: string;
  readonly url: string;
  readonly kind: "incident" | "maintenance";
  readonly title: string;
  readonly status:
    | "investigating"
    | "identified"
    | "monitoring"
    | "resolved"
    | "scheduled"
    | "in_progress"
    | "verifying"
    | "completed"
    | "cancelled";
  /** Of incidents alone. */
  readonly impact?: "none" | "minor" | "major" | "critical";
  /** Of maintenance alone. */
  readonly window?: {
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly start: string;
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly end: string;
  };
  /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
  readonly started: string;
  /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
  readonly detected?: string;
  /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
  readonly ended?: string;
  /** By when the next update is promised, while it is not over. */
  readonly next_update?: string;
  /** An estimate of the end, while it is not over. */
  readonly expected_end?: string;
  readonly time_to_detect_ms?: number;
  /** From detection to the end. */
  readonly time_to_resolve_ms?: number;
  readonly components: readonly {
    readonly id: string;
    readonly name: string;
    readonly worst: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
    readonly current: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
  }[];
  /** Oldest first. */
  readonly updates: readonly {
    readonly id: string;
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly at: string;
    readonly status:
      | "investigating"
      | "identified"
      | "monitoring"
      | "resolved"
      | "scheduled"
      | "in_progress"
      | "verifying"
      | "completed"
      | "cancelled"
      | "update";
    /** Markdown. */
    readonly body: string;
    /** By when it promised the next. */
    readonly next_update?: string;
    /** It corrects what subscribers were told; its text is what they were told then. */
    readonly is_correction?: true;
    /** Of a correction: the id of the update that was wrong. */
    readonly corrects?: string;
    readonly changes: readonly {
      readonly component: string;
      readonly from: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
      readonly to: "operational" | "under_maintenance" | "degraded_performance" | "partial_outage" | "major_outage";
    }[];
  }[];
  /** The turns it took, in the order of time. */
  readonly phases?: readonly {
    readonly phase: "fault" | "harm" | "detected" | "declared" | "told" | "mitigated" | "ended";
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly at: string;
    /** How long after the first harm to customers. */
    readonly after_harm_ms?: number;
  }[];
  /** Whom it hurt, and how. */
  readonly harm: readonly {
    readonly who: string;
    readonly component?: string;
    readonly region?: string;
    readonly saw?: string;
    readonly share?: string;
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly from?: string;
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly to?: string;
    /** What they should do now. */
    readonly do?: string;
  }[];
  /** Why it happened, as far as that is known. */
  readonly cause?: {
    readonly trigger?: {
      readonly kind:
        | "change"
        | "load"
        | "dependency"
        | "data"
        | "hardware"
        | "time"
        | "procedure"
        | "attack"
        | "unknown";
      readonly what?: string;
    };
    readonly factors: readonly {
      readonly id?: string;
      readonly what: string;
    }[];
    readonly safeguards: {
      readonly held: readonly string[];
      readonly failed: readonly string[];
      readonly luck: readonly string[];
    };
    readonly unknowns: readonly {
      readonly what: string;
      readonly why?: string;
      /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
      readonly due?: string;
      readonly answer?: string;
    }[];
  };
  readonly report?: {
    readonly status: "preliminary" | "final";
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly published?: string;
    /** When the final one is promised. */
    readonly due?: string;
    /** Markdown. */
    readonly body: string;
  };
  readonly actions: readonly {
    readonly id?: string;
    /** What it is for. */
    readonly kind?: "prevent" | "detect" | "limit" | "tell";
    readonly title: string;
    /** The id of the factor that it answers. */
    readonly answers?: string;
    readonly owner?: string;
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly due?: string;
    /** For when it was promised before, oldest first. */
    readonly was_due?: readonly string[];
    /** As exactly as it is known: RFC 3339 with its own offset, or a date; of a span, its beginning. */
    readonly done?: string;
    readonly url?: string;
  }[];
  readonly tags: readonly string[];
}

/** One thing said about an incident or a maintenance. */
export interface IncidentUpdate {
  readonly id: string;
  /** The status from this update on. */
  readonly status:
    | "investigating"
    | "identified"
    | "monitoring"
    | "resolved"
    | "postmortem"
    | "scheduled"
    | "in_progress"
    | "verifying"
    | "completed";
  /** Markdown; of a postmortem the whole report. */
  readonly body: string;
  readonly incident_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly display_at: string;
  readonly affected_components: readonly AffectedComponent[] | null;
  readonly deliver_notifications: boolean;
  /** Always null. */
  readonly custom_tweet: string | null;
  /** Always null. */
  readonly tweet_id: string | null;
}

/** Incidents. */
export interface IncidentsAnswer {
  readonly page: Page;
  /** Newest first. */
  readonly incidents: readonly Incident[];
}

/** Planned work. */
export interface MaintenancesAnswer {
  readonly page: Page;
  /** Newest first. */
  readonly scheduled_maintenances: readonly ScheduledMaintenance[];
}

/** The status page itself. */
export interface Page {
  readonly id: string;
  readonly name: string;
  /** Where people read the page. */
  readonly url: string;
  /** IANA name of the zone in whose offset all times are told. */
  readonly time_zone: string;
  /** When anything was last said on the page. */
  readonly updated_at: string;
}

/** Why there is no answer. */
export interface Refusal {
  readonly error: string;
}

/** Planned work. */
export interface ScheduledMaintenance {
  readonly id: string;
  readonly name: string;
  /** When it was first told of. */
  readonly created_at: string;
  /** When anything was last said of it. */
  readonly updated_at: string;
  readonly monitoring_at: string | null;
  readonly resolved_at: string | null;
  /** Its page. */
  readonly shortlink: string;
  readonly started_at: string;
  readonly page_id: string;
  /** Newest first. */
  readonly incident_updates: readonly IncidentUpdate[];
  /** The affected components as they are now. */
  readonly components: readonly Component[];
  /** Cancelled work is “completed” at the moment it was cancelled; its last update begins with “Cancelled:”. */
  readonly status: "scheduled" | "in_progress" | "verifying" | "completed";
  readonly impact: "maintenance";
  readonly scheduled_for: string;
  readonly scheduled_until: string;
}

/** The state of the whole. */
export interface Status {
  readonly indicator: "none" | "minor" | "major" | "critical" | "maintenance";
  /** The same in words, such as “All Systems Operational”. */
  readonly description: string;
}

/** The state of the whole. */
export interface StatusAnswer {
  readonly page: Page;
  readonly status: Status;
}

/** Everything that matters now. */
export interface Summary {
  readonly page: Page;
  readonly components: readonly Component[];
  /** Those that are not resolved. */
  readonly incidents: readonly Incident[];
  /** Those to come and under way. */
  readonly scheduled_maintenances: readonly ScheduledMaintenance[];
  readonly status: Status;
}

// The end of what is made.

/** The page answered, but not with what was asked for. */
export class CandorError extends Error {
  override readonly name = "CandorError";
  readonly status: number;
  constructor(address: string, status: number) {
    super(`${address} answered ${status}`);
    this.status = status;
  }
}

export interface ClientOptions {
  /** Instead of the surroundings' own, for tests and proxies. */
  readonly fetch?: typeof fetch;
}

/** Everything that can be asked. A method called twice sends along what it knows, and is then answered without a body. */
export interface CandorClient {
  summary(signal?: AbortSignal): Promise<Summary>;
  status(signal?: AbortSignal): Promise<StatusAnswer>;
  components(signal?: AbortSignal): Promise<ComponentsAnswer>;
  incidents(signal?: AbortSignal): Promise<IncidentsAnswer>;
  unresolvedIncidents(signal?: AbortSignal): Promise<IncidentsAnswer>;
  /** By its id; undefined when there is none. */
  incident(id: string, signal?: AbortSignal): Promise<IncidentAnswer | undefined>;
  scheduledMaintenances(signal?: AbortSignal): Promise<MaintenancesAnswer>;
  upcomingMaintenances(signal?: AbortSignal): Promise<MaintenancesAnswer>;
  activeMaintenances(signal?: AbortSignal): Promise<MaintenancesAnswer>;
  /** By the last part of its page's address; undefined when there is none. Candor alone answers this. */
  document(slug: string, signal?: AbortSignal): Promise<IncidentDocument | undefined>;
}

/**
 * A client of one page.
 * @param base the page's address, such as `https://status.example.com`
 */
export function candorClient(base: string, options: ClientOptions = {}): CandorClient {
  const ask = options.fetch ?? fetch;
  const known = new Map<string, { readonly etag: string; readonly answer: unknown }>();

  async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const address = base.replace(/\/+$/, "") + path;
    const before = known.get(address);
    const response = await ask(address, {
      headers: { accept: "application/json", ...(before ? { "if-none-match": before.etag } : {}) },
      ...(signal ? { signal } : {}),
    });
    if (response.status === 304 && before) return before.answer as T;
    if (!response.ok) throw new CandorError(address, response.status);
    const answer = (await response.json()) as T;
    const etag = response.headers.get("etag");
    if (etag) known.set(address, { etag, answer });
    return answer;
  }

  async function find<T>(path: string, signal?: AbortSignal): Promise<T | undefined> {
    try {
      return await get<T>(path, signal);
    } catch (error) {
      if (error instanceof CandorError && error.status === 404) return undefined;
      throw error;
    }
  }

  return {
    summary: (signal) => get("/api/v2/summary.json", signal),
    status: (signal) => get("/api/v2/status.json", signal),
    components: (signal) => get("/api/v2/components.json", signal),
    incidents: (signal) => get("/api/v2/incidents.json", signal),
    unresolvedIncidents: (signal) => get("/api/v2/incidents/unresolved.json", signal),
    incident: (id, signal) => find(`/api/v2/incidents/${encodeURIComponent(id)}.json`, signal),
    scheduledMaintenances: (signal) => get("/api/v2/scheduled-maintenances.json", signal),
    upcomingMaintenances: (signal) => get("/api/v2/scheduled-maintenances/upcoming.json", signal),
    activeMaintenances: (signal) => get("/api/v2/scheduled-maintenances/active.json", signal),
    document: (slug, signal) => find(`/incidents/${encodeURIComponent(slug)}.json`, signal),
  };
}
