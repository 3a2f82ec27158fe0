import { CurrentEvent, EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { plannedWork, workUnderWay } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";

/** How much of the past the page lists before it refers to the history. */
const LISTED = 30;

export function generateMetadata() {
  const site = reader().site();
  const { frame, maintenance } = messagesIn(site.config.locale);
  const description = maintenance.about({ name: site.config.name });
  return pageMetadata(site, { path: "/maintenance", title: frame.maintenance, description });
}

export default function MaintenancePage() {
  const site = reader().site();
  const now = reader().now();
  const running = workUnderWay(site);
  const upcoming = plannedWork(site);
  const past = site.maintenances.filter((event) => event.isOver && !upcoming.includes(event));
  const { frame, maintenance: words } = messagesIn(site.config.locale);
  return (
    <Frame site={site} here="/maintenance" live={{ components: [], told: reader().told?.() }}>
      <h1>{frame.maintenance}</h1>
      <section aria-labelledby="now">
        <h2 id="now">{words.now}</h2>
        {running.length === 0 && <p className="empty">{words.noneNow}</p>}
        {running.map((event) => (
          <CurrentEvent key={event.slug} event={event} site={site} now={now} />
        ))}
      </section>
      <section aria-labelledby="upcoming">
        <h2 id="upcoming">{words.upcoming}</h2>
        {upcoming.length === 0 && <p className="empty">{words.noneUpcoming}</p>}
        {upcoming.map((event) => (
          <EventLine key={event.slug} event={event} site={site} />
        ))}
      </section>
      <section aria-labelledby="past">
        <h2 id="past">{words.past}</h2>
        {past.length === 0 && <p className="empty">{words.nonePast}</p>}
        {past.slice(0, LISTED).map((event) => (
          <EventLine key={event.slug} event={event} site={site} />
        ))}
        {past.length > LISTED && (
          <p className="pager needs-server">
            <a href="/history?kind=maintenance">{words.all({ count: past.length })}</a>
          </p>
        )}
      </section>
    </Frame>
  );
}
