import type { Recipient } from "#lib/model/delivery.ts";
import type { Effect, MaintenanceStatus } from "#lib/model/incident.ts";
import type { Notice, NoticeKind } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Instant } from "#lib/model/time.ts";

/** An instant of the example, written with Copenhagen's summer offset. */
const at = (text: string): Instant => ({
  kind: "instant",
  at: Date.parse(text),
  offset: 120,
  precision: "minute",
  approximate: false,
});

const WINDOW = { start: at("2017-09-02T22:00:00Z"), end: at("2017-09-03T01:30:00Z") };

const ID = "abcdefghijklmnopqrstuvwx";

/** A notice of a kind, complete and plausible. */
export function noticeOf(kind: NoticeKind, change: Partial<Notice> = {}): Notice {
  const isMaintenance = kind.startsWith("maintenance");
  return {
    id: ID,
    key: `${kind}:example`,
    kind,
    audience: { topic: isMaintenance ? "maintenance" : "incidents", components: ["tv-routing"], impact: "critical" },
    site: {
      name: "Example Cloud",
      url: "https://status.example.com",
      locale: "en-GB",
      timezone: "Europe/Copenhagen",
      state: { effect: "major_outage", isOfComponent: true },
      support: { email: "support@example.com" },
    },
    event: isMaintenance
      ? { ...MAINTENANCE, status: PROGRESS[kind] ?? "scheduled" }
      : { ...INCIDENT, ...(kind === "incident_resolved" || kind.startsWith("report") ? RESOLVED : {}) },
    components: [
      { id: "tv-routing", name: "TV routing", group: "Screens", effect: effectOf(kind, "major_outage") },
      { id: "api", name: "API", effect: effectOf(kind, "degraded_performance") },
    ],
    updates: updatesOf(kind),
    ...(kind === "maintenance_moved"
      ? { formerWindow: { start: at("2017-08-30T22:00:00Z"), end: at("2017-08-31T01:30:00Z") } }
      : {}),
    ...(kind.startsWith("report")
      ? { summary: "On 23 August real-time updates reached the wrong televisions for about five minutes." }
      : {}),
    ...(kind === "correction"
      ? {
          corrects: { id: "zyxwvutsrqponmlkjihgfedc", madeAt: Date.parse("2017-08-23T09:10:00Z") },
          message: "The message of 11:10 said that **every** customer was affected. Only customers with screens were.",
        }
      : {}),
    madeAt: Date.parse("2017-08-23T09:12:00Z"),
    ...change,
  };
}

/** What a component is at the moment at which a notice of a kind is written. */
function effectOf(kind: NoticeKind, broken: Effect): Effect {
  if (kind === "maintenance_begun" || kind === "maintenance_updated") return "under_maintenance";
  return ["incident_opened", "incident_updated", "correction"].includes(kind) ? broken : "operational";
}

const INCIDENT: Notice["event"] = {
  id: "tvwrong00001",
  slug: "2017-08-23-wrong-televisions",
  title: "Real-time updates reached the wrong televisions",
  kind: "incident",
  status: "identified",
  impact: "critical",
  url: "https://status.example.com/incidents/2017-08-23-wrong-televisions",
  started: at("2017-08-23T09:05:14Z"),
  created: at("2017-08-23T09:06:23Z"),
  monitoring: at("2017-08-23T09:10:00Z"),
};

const RESOLVED = { status: "resolved", ended: at("2017-08-23T09:11:28Z") };

const MAINTENANCE: Notice["event"] = {
  id: "dbmove000002",
  slug: "2017-09-03-database-move",
  title: "Database moves to new machines",
  kind: "maintenance",
  status: "scheduled",
  url: "https://status.example.com/incidents/2017-09-03-database-move",
  started: WINDOW.start,
  created: at("2017-08-28T10:00:00Z"),
  window: WINDOW,
};

/** How far planned work has come at the moment at which a notice of a kind is written. */
const PROGRESS: Readonly<Partial<Record<NoticeKind, MaintenanceStatus>>> = {
  maintenance_begun: "in_progress",
  maintenance_updated: "in_progress",
  maintenance_ended: "completed",
  maintenance_cancelled: "cancelled",
};

function updatesOf(kind: NoticeKind): Notice["updates"] {
  if (kind.startsWith("report") || kind === "correction" || kind === "maintenance_reminder") return [];
  if (kind.startsWith("maintenance")) {
    return [
      {
        id: "u1",
        at: at("2017-08-28T10:00:00Z"),
        status: PROGRESS[kind] ?? "scheduled",
        body: "Screens show their last picture for *at most two minutes*. Nothing has to be done on your side.",
      },
    ];
  }
  return [
    {
      id: "u1",
      at: at("2017-08-23T09:06:23Z"),
      status: "identified",
      body: "A faulty release has been found and is being rolled back.\n\n- Screens may show **another** screen's updates.\n- See [the manual](/help/screens) and `GET /v2/screens`.",
    },
    ...(kind === "incident_resolved"
      ? [{ id: "u2", at: at("2017-08-23T09:11:28Z"), status: "resolved" as const, body: "The release is rolled back." }]
      : []),
  ];
}

/** The `n`th of several recipients; `address` is the channel's own. */
export function recipientOf(channel: ChannelName, address: string, n = 1): Recipient {
  return {
    subscription: `sub${n}`,
    channel,
    address,
    manageUrl: `https://status.example.com/subscriptions/token-of-${n}-0123456789`,
    leaveUrl: `https://status.example.com/subscriptions/token-of-${n}-0123456789/leave`,
    signingSecret: `whsec_${Buffer.from(`secret of number ${n}, 32 bytes....`).toString("base64")}`,
  };
}
