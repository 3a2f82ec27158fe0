import { ActionItem } from "#components/action/action.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { Pager } from "#components/frame/pager.tsx";
import { messagesIn } from "#lib/messages/messages.ts";
import { followUpLists } from "#lib/site/views/actions.ts";
import { EVENTS_PER_PAGE } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";

export function generateMetadata() {
  const site = reader().site();
  const { actions } = messagesIn(site.config.locale);
  const description = actions.about({ name: site.config.name });
  return pageMetadata(site, { path: "/actions", title: actions.title, description });
}

interface Params {
  readonly searchParams: Promise<{ readonly page?: string }>;
}

/** What was promised after incidents: overdue, open and done, each with every date for which it was promised. */
export default async function ActionsPage({ searchParams }: Params) {
  const { page = "1" } = await searchParams;
  const site = reader().site();
  const now = reader().now();
  const lists = followUpLists(site);
  const number = Math.max(1, Math.min(Number.parseInt(page, 10) || 1, lists.pages));
  const { actions } = messagesIn(site.config.locale);
  const isEmpty = lists.overdue.length + lists.open.length + lists.done.length === 0;
  return (
    <Frame site={site} here="/reports" live={{ components: [], told: reader().told?.() }}>
      <link rel="alternate" type="application/atom+xml" href="/actions.atom" title={actions.feed} />
      <h1>{actions.title}</h1>
      <p className="lead">{actions.lead}</p>
      {isEmpty && <p className="empty">{actions.none}</p>}
      {(["overdue", "open", "done"] as const).map((name) => {
        const list = lists[name];
        const part = list.slice((number - 1) * EVENTS_PER_PAGE, number * EVENTS_PER_PAGE);
        if (part.length === 0) return null;
        return (
          <section key={name} aria-labelledby={name}>
            <h2 id={name}>{actions[name]({ count: list.length })}</h2>
            <ul className="actions">
              {part.map(({ event, action }) => (
                <ActionItem
                  key={`${event.slug} ${action.id ?? action.title}`}
                  action={action}
                  event={event}
                  site={site}
                  now={now}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <Pager site={site} path="/actions" number={number} last={lists.pages} />
    </Frame>
  );
}
