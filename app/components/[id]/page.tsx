import { notFound } from "next/navigation";
import { AvailabilityTable } from "#components/availability/availability.tsx";
import { Bars, BarsLegend, BarsPattern, dayInWords } from "#components/bars/bars.tsx";
import { EventLine } from "#components/event/event.tsx";
import { Title } from "#components/event/title.tsx";
import { Follow } from "#components/follow/follow.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { State } from "#components/mark/mark.tsx";
import { dateInWords, monthInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { ComponentHistory, Site } from "#lib/model/site.ts";
import { historyOf, matches } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";

/** How many of a component's events its page lists before it refers to the history. */
const LISTED = 20;

/** As many affected days are listed at once; more unfold. */
const OPEN_DAYS = 5;

/** How many months its table shows. */
const MONTHS = 12;

interface Params {
  readonly params: Promise<{ readonly id: string }>;
}

async function componentOf(params: Params["params"]): Promise<ComponentHistory> {
  const { id } = await params;
  const components = reader()
    .site()
    .groups.flatMap((group) => group.components);
  return components.find((component) => component.id === id) ?? notFound();
}

export async function generateMetadata({ params }: Params) {
  const site = reader().site();
  const { id, name, description } = await componentOf(params);
  const about = description ?? messagesIn(site.config.locale).component.about({ name });
  return pageMetadata(site, { path: `/components/${id}`, title: name, description: about });
}

export default async function ComponentPage({ params }: Params) {
  const component = await componentOf(params);
  const site = reader().site();
  const { locale } = site.config;
  const events = historyOf(site).events.filter((event) => matches(event, { component: component.id }));
  const { component: words, effect } = messagesIn(locale);
  const monthHref = (month: string) => `/history/${month.replace("-", "/")}`;
  return (
    <Frame site={site} here="/" live={{ components: [component.id], told: reader().told?.() }}>
      <link
        rel="alternate"
        type="application/atom+xml"
        href={`/components/${component.id}/history.atom`}
        title={component.name}
      />
      <p className="kicker">
        <State effect={component.effect}>{effect[component.effect]}</State>
        {component.group && <span>{component.group}</span>}
      </p>
      <h1>{component.name}</h1>
      {component.description && <p className="lead">{component.description}</p>}
      {component.since && <p className="lead">{words.since({ date: dateInWords(component.since.on, locale) })}</p>}
      <Follow site={site} components={[component.id]} feed={`/components/${component.id}/history.atom`} />
      <section aria-labelledby="days">
        <h2 id="days">{words.days}</h2>
        <BarsPattern />
        <Bars component={component} site={site} />
        <BarsLegend components={[component]} site={site} />
        <AffectedDays component={component} site={site} />
      </section>
      <section aria-labelledby="uptime">
        <h2 id="uptime">{words.uptime}</h2>
        <AvailabilityTable
          caption={words.byMonth}
          rows={component.months.slice(0, MONTHS)}
          nameOf={(month) => monthInWords(month, locale)}
          hrefOf={monthHref}
          site={site}
        />
        <AvailabilityTable caption={words.byYear} rows={component.years} nameOf={(year) => year} site={site} />
        <p className="lead">{words.counting({ zone: site.config.timezone })}</p>
      </section>
      <section aria-labelledby="events">
        <h2 id="events">{words.events}</h2>
        {events.length === 0 && <p className="empty">{words.noEvents}</p>}
        {events.slice(0, LISTED).map((event) => (
          <EventLine key={event.slug} event={event} site={site} />
        ))}
        {events.length > LISTED && (
          <p className="pager needs-server">
            <a href={`/history?component=${component.id}`}>
              {messagesIn(locale).maintenance.all({ count: events.length })}
            </a>
          </p>
        )}
      </section>
      <BadgeSnippet component={component} site={site} />
    </Frame>
  );
}

interface OfComponent {
  readonly component: ComponentHistory;
  readonly site: Site;
}

/** What the bars show, day by day in words, newest first: for whoever cannot point at a bar. */
function AffectedDays({ component, site }: OfComponent) {
  const { locale } = site.config;
  const { bySlug } = historyOf(site);
  const days = component.days.flatMap((day) => (day && day.worst !== "operational" ? [day] : [])).toReversed();
  if (days.length === 0) return null;
  return (
    <details className="affected-days" open={days.length <= OPEN_DAYS}>
      <summary>{messagesIn(locale).component.affectedDays({ count: days.length })}</summary>
      <ul>
        {days.map((day) => (
          <li key={day.period}>
            <span className="affected-day">{dateInWords(day.period, locale)}</span> {dayInWords(day, locale)}:{" "}
            {day.events.map((slug, index) => (
              <span key={slug}>
                {index > 0 && ", "}
                <a href={`/incidents/${slug}`}>
                  <Title event={bySlug.get(slug) ?? { title: slug }} site={site} />
                </a>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

function BadgeSnippet({ component, site }: OfComponent) {
  const words = messagesIn(site.config.locale).component;
  const image = `${site.config.url}/components/${component.id}/badge.svg`;
  const page = `${site.config.url}/components/${component.id}`;
  return (
    <details className="badge">
      <summary>{words.badge}</summary>
      <p>
        <img
          src={`/components/${component.id}/badge.svg`}
          alt={words.badgeAlt({ name: component.name })}
          height={20}
          loading="lazy"
        />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>
        <code>{`[![${component.name}](${image})](${page})`}</code>
      </pre>
    </details>
  );
}
