import { EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { Pager } from "#components/frame/pager.tsx";
import { EVENTS_PER_PAGE } from "#lib/site/views/history.ts";
import { reportLists } from "#lib/site/views/reports.ts";
import { reader } from "#lib/web/reader.ts";
import { ActionItem, PromiseText } from "../incidents/[slug]/report.tsx";

export function generateMetadata() {
  const site = reader().site();
  const description = `Reports on incidents of ${site.config.name}, and what was done about them`;
  return pageMetadata(site, { path: "/reports", title: "Reports", description });
}

interface Params {
  readonly searchParams: Promise<{ readonly page?: string }>;
}

export default async function ReportsPage({ searchParams }: Params) {
  const { page = "1" } = await searchParams;
  const site = reader().site();
  const now = reader().now();
  const lists = reportLists(site);
  const number = Math.max(1, Math.min(Number.parseInt(page, 10) || 1, lists.pages));
  const part = <T,>(list: readonly T[]) => list.slice((number - 1) * EVENTS_PER_PAGE, number * EVENTS_PER_PAGE);
  const [promised, written, followed] = [part(lists.promised), part(lists.written), part(lists.followed)];
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
        {lists.written.length === 0 && <p className="empty">No report has been published yet.</p>}
        {written.map((event) => (
          <EventLine key={event.slug} event={event} site={site} quotes="report" />
        ))}
      </section>
      {followed.length > 0 && (
        <section aria-labelledby="actions">
          <h2 id="actions">Open follow-up</h2>
          {followed.map((event) => (
            <section key={event.slug} aria-label={event.title}>
              <h3 className="actions-of">
                <a href={`/incidents/${event.slug}`}>
                  <bdi>{event.title}</bdi>
                </a>
              </h3>
              <ul className="actions">
                {event.actions
                  .filter(({ done }) => !done)
                  .map((action) => (
                    <ActionItem key={action.title} action={action} site={site} now={now} />
                  ))}
              </ul>
            </section>
          ))}
        </section>
      )}
      <Pager path="/reports" number={number} last={lists.pages} />
      {lists.pages > 1 && (
        <p>
          The <a href="/history">history</a> lists all incidents by month, each with its report.
        </p>
      )}
    </Frame>
  );
}
