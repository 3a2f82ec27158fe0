import { ActionItem } from "#components/action/action.tsx";
import { EventLine } from "#components/event/event.tsx";
import { Title } from "#components/event/title.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { Pager } from "#components/frame/pager.tsx";
import { Sentence } from "#components/sentence/sentence.tsx";
import { messagesIn } from "#lib/messages/messages.ts";
import { EVENTS_PER_PAGE } from "#lib/site/views/history.ts";
import { reportLists } from "#lib/site/views/reports.ts";
import { reader } from "#lib/web/reader.ts";
import { PromiseText } from "../incidents/[slug]/report.tsx";

export function generateMetadata() {
  const site = reader().site();
  const { frame, reports } = messagesIn(site.config.locale);
  const description = reports.about({ name: site.config.name });
  return pageMetadata(site, { path: "/reports", title: frame.reports, description });
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
  const { frame, reports } = messagesIn(site.config.locale);
  return (
    <Frame site={site} here="/reports" live={{ components: [], told: reader().told?.() }}>
      <link rel="alternate" type="application/atom+xml" href="/reports.atom" title={reports.feed} />
      <h1>{frame.reports}</h1>
      <p className="lead">{reports.lead}</p>
      {promised.length > 0 && (
        <section aria-labelledby="due">
          <h2 id="due">{reports.promised}</h2>
          <ul className="actions">
            {promised.map((incident) => (
              <li key={incident.slug}>
                <a href={`/incidents/${incident.slug}`}>
                  <Title event={incident} site={site} />
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
        <h2 id="written">{reports.published}</h2>
        {lists.written.length === 0 && <p className="empty">{reports.none}</p>}
        {written.map((event) => (
          <EventLine key={event.slug} event={event} site={site} quotes="report" />
        ))}
      </section>
      {followed.length > 0 && (
        <section aria-labelledby="actions">
          <h2 id="actions">{reports.open}</h2>
          {followed.map((event) => (
            <section key={event.slug} aria-label={event.title}>
              <h3 className="actions-of">
                <a href={`/incidents/${event.slug}`}>
                  <Title event={event} site={site} />
                </a>
              </h3>
              <ul className="actions">
                {event.actions
                  .filter(({ done }) => !done)
                  .map((action) => (
                    <ActionItem key={action.id ?? action.title} action={action} site={site} now={now} />
                  ))}
              </ul>
            </section>
          ))}
        </section>
      )}
      <p>
        <a href="/actions">{reports.allActions}</a>
      </p>
      <Pager site={site} path="/reports" number={number} last={lists.pages} />
      {lists.pages > 1 && (
        <p>
          <Sentence>{reports.more({ link: (inner) => <a href="/history">{inner}</a> })}</Sentence>
        </p>
      )}
    </Frame>
  );
}
