import { EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import type { Incident } from "#lib/model/site.ts";
import { historyOf } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";
import { ActionItem, PromiseText } from "../incidents/[slug]/report.tsx";

export const metadata = { title: "Reports", alternates: { canonical: "/reports" } };

export default function ReportsPage() {
  const site = reader().site();
  const now = reader().now();
  const { events } = historyOf(site);
  const written = events.filter(({ report }) => report);
  const promised = site.incidents
    .filter(
      (incident): incident is Incident & Required<Pick<Incident, "reportDue">> => incident.reportDue !== undefined,
    )
    .sort((a, b) => a.reportDue.at - b.reportDue.at);
  const open = events.flatMap((event) =>
    event.actions.filter(({ done }) => !done).map((action) => ({ event, action })),
  );
  return (
    <Frame site={site} here="/reports" live={{ components: [], told: reader().told?.() }}>
      <link rel="alternate" type="application/atom+xml" href="/reports.atom" title="Reports (Atom)" />
      <h1>Reports</h1>
      <p className="lead">What went wrong, why, and what is done so that it does not happen again.</p>
      {promised.length > 0 && (
        <section aria-labelledby="due">
          <h2 id="due">Promised</h2>
          <ul className="actions">
            {promised.map((incident) => (
              <li key={incident.slug}>
                <a href={`/incidents/${incident.slug}`}>
                  <bdi>{incident.title}</bdi>
                </a>
                <span className="actions-facts">
                  <PromiseText promise={incident.reportDue} site={site} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="written">
        <h2 id="written">Published</h2>
        {written.length === 0 && <p className="empty">No report has been published yet.</p>}
        {written.map((event) => (
          <EventLine key={event.slug} event={event} site={site} />
        ))}
      </section>
      {open.length > 0 && (
        <section aria-labelledby="actions">
          <h2 id="actions">Open follow-up</h2>
          {[...Map.groupBy(open, ({ event }) => event)].map(([event, own]) => (
            <section key={event.slug} aria-label={event.title}>
              <h3 className="actions-of">
                <a href={`/incidents/${event.slug}`}>
                  <bdi>{event.title}</bdi>
                </a>
              </h3>
              <ul className="actions">
                {own.map(({ action }) => (
                  <ActionItem key={action.title} action={action} site={site} now={now} />
                ))}
              </ul>
            </section>
          ))}
        </section>
      )}
    </Frame>
  );
}
