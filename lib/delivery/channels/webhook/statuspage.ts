import { expectationsInWords } from "#lib/calendar/expectations.ts";
import { apiId, pageId } from "#lib/content/ids/api-ids.ts";
import type { Notice } from "#lib/model/notice.ts";
import { earliest, type When } from "#lib/model/time.ts";
import { bodyText } from "#lib/site/api/body.ts";
import { apiStatus, saidBody } from "#lib/site/api/incidents.ts";
import { statusIn } from "#lib/site/api/page.ts";
import { apiTime } from "#lib/site/api/time.ts";
import { sanitizeLine } from "../sanitize.ts";
import { inWords } from "../words.ts";

/**
 * The payload in the form of Statuspage's webhooks, for receivers that were written for it. A notice knows what is new,
 * not the whole history, so `incident_updates` holds the new updates alone. The page's status is that of the whole site.
 */
export function statuspagePayload(notice: Notice): object {
  const { event, site } = notice;
  const words = inWords(notice);
  const isMaintenance = event.kind === "maintenance";
  const page = site.formerId ?? pageId({ url: site.url });
  const made = apiTime(notice.madeAt, site.timezone);
  const iso = (when: When) => apiTime(earliest(when), site.timezone);
  const updates = notice.updates.slice(-words.updates.length).map(({ at, id, status }, index) => ({
    id: apiId("update", `${event.id} ${id}`),
    status: apiStatus(status === "update" ? event.status : status),
    body: withExpectations(
      saidBody({ body: words.updates[index]?.body ?? "", status }),
      index === words.updates.length - 1,
      notice,
    ),
    incident_id: event.id,
    created_at: iso(at),
    updated_at: iso(at),
    display_at: iso(at),
    affected_components: null,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  }));
  if (words.message) updates.push(correctionUpdate(notice, words.message, made));
  // A notice of an earlier form does not know how the site was.
  const { indicator, description } = statusIn(site.state ?? { effect: "operational", isOfComponent: true });
  const over = event.ended ?? event.cancelled;
  const begun = event.window ? event.window.start.at : earliest(event.started);
  const isReport = notice.kind.startsWith("report");
  return {
    meta: { documentation: `${site.url}/`, generated_at: made },
    page: { id: page, status_indicator: indicator, status_description: description },
    incident: {
      id: event.id,
      name: words.title,
      status: isReport ? "postmortem" : apiStatus(event.status),
      created_at: iso(event.created ?? event.started),
      updated_at: made,
      monitoring_at: event.monitoring ? iso(event.monitoring) : null,
      resolved_at: over ? iso(over) : null,
      impact: isMaintenance ? "maintenance" : (event.impact ?? "none"),
      impact_override: null,
      shortlink: event.url,
      // As in the API: planned work begins by its window, and nothing is over before it began.
      started_at: apiTime(over ? Math.min(begun, earliest(over)) : begun, site.timezone),
      page_id: page,
      backfilled: false,
      scheduled_for: event.window ? iso(event.window.start) : null,
      scheduled_until: event.window ? iso(event.window.end) : null,
      scheduled_remind_prior: isMaintenance,
      scheduled_reminded_at: notice.kind === "maintenance_reminder" ? made : null,
      scheduled_auto_in_progress: isMaintenance,
      scheduled_auto_completed: isMaintenance,
      postmortem_body: isReport ? words.summary : null,
      postmortem_body_last_updated_at: isReport ? made : null,
      postmortem_published_at: isReport ? made : null,
      postmortem_ignored: false,
      postmortem_notified_subscribers: isReport,
      postmortem_notified_twitter: false,
      // Newest first.
      incident_updates: updates.toReversed(),
      components: notice.components.slice(0, words.components.length).map(({ effect, formerId, id, name }) => ({
        id: formerId ?? apiId("component", id),
        name: sanitizeLine(name),
        status: effect,
        page_id: page,
        group: false,
      })),
    },
  };
}

/** The newest update says what is to be expected as well, as in the API. */
function withExpectations(body: string, isNewest: boolean, { event, madeAt, site }: Notice): string {
  const said = isNewest ? expectationsInWords(event, site, madeAt) : "";
  return said === "" ? body : `${body.trimEnd()}\n\n${said}`;
}

/** A correction has no place of its own in this form: it is an update that says what it is. */
function correctionUpdate({ event, id }: Notice, message: string, made: string) {
  return {
    id: apiId("update", `correction ${id}`),
    status: apiStatus(event.status),
    body: `Correction: ${bodyText(message)}`,
    incident_id: event.id,
    created_at: made,
    updated_at: made,
    display_at: made,
    affected_components: null,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}
