import { Bars, BarsLegend, BarsPattern } from "#components/bars/bars.tsx";
import { Days } from "#components/event/days.tsx";
import { CurrentEvent, EventLine, PlannedEnd } from "#components/event/event.tsx";
import { Expectations } from "#components/expectations/expectations.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { LinkedData } from "#components/linked-data/linked-data.tsx";
import { Mark, State } from "#components/mark/mark.tsx";
import { Sentence } from "#components/sentence/sentence.tsx";
import { Age, Time } from "#components/time/time.tsx";
import { isNear, runningInWords } from "#lib/calendar/words.ts";
import { offsetAt } from "#lib/calendar/zone.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { siteTitle } from "#lib/messages/naming.ts";
import type { ComponentHistory, Event, Site } from "#lib/model/site.ts";
import { earliest, type Instant } from "#lib/model/time.ts";
import { type AnyEvent, currentEvents, plannedWork, recentDays } from "#lib/site/views/history.ts";
import { siteData } from "#lib/site/views/linked-data.ts";
import { affectedComponents, endInWords, headline, listInWords } from "#lib/site/views/words.ts";
import { reader } from "#lib/web/reader.ts";

/** How many days of the past the first page tells. */
const RECENT_DAYS = 7;

export function generateMetadata() {
  const site = reader().site();
  const title = `${headline(site)} · ${siteTitle(site.config)}`;
  return pageMetadata(site, { path: "/", title, isTitleWhole: true });
}

export default function Home() {
  const site = reader().site();
  const now = reader().now();
  const current = currentEvents(site);
  const planned = plannedWork(site);
  // Cancelled work is news, but no reason to leave out what will take place.
  const upcoming = [...planned.filter(({ isOver }) => !isOver), ...planned.filter(({ isOver }) => isOver)];
  const { home } = messagesIn(site.config.locale);
  return (
    <Frame site={site} here="/" live={{ components: [], told: reader().told?.() }}>
      <link
        rel="alternate"
        type="application/json+oembed"
        href={`/oembed?url=${encodeURIComponent(site.config.url)}`}
        title={site.config.name}
      />
      <LinkedData json={siteData(site)} />
      <Overall site={site} current={current} now={now} />
      {current.length > 0 && (
        <section aria-labelledby="now">
          <h2 id="now">{home.now}</h2>
          {current.map((event) => (
            <CurrentEvent key={event.slug} event={event} site={site} now={now} />
          ))}
        </section>
      )}
      {upcoming.length > 0 && (
        <section aria-labelledby="upcoming">
          <h2 id="upcoming">{home.planned}</h2>
          {upcoming.slice(0, 3).map((event) => (
            <EventLine key={event.slug} event={event} site={site} />
          ))}
        </section>
      )}
      <Components site={site} />
      <section aria-labelledby="recent">
        <h2 id="recent">{home.recent}</h2>
        <Days days={recentDays(site, RECENT_DAYS)} site={site} toldAbove={current} />
        <p className="pager">
          <a href="/history">{home.all}</a>
        </p>
      </section>
    </Frame>
  );
}

interface OverallProps {
  readonly site: Site;
  /** What is going on, worst first. */
  readonly current: readonly AnyEvent[];
  readonly now: number;
}

/** The answer to “is it me or is it you”: the state in words, what it concerns, since when, and when we last spoke. */
function Overall({ site, current, now }: OverallProps) {
  const { locale, timezone } = site.config;
  const { home } = messagesIn(locale);
  const affected = affectedComponents(site).map(({ name }) => name);
  const [worst] = current;
  const spoken = current
    .flatMap(({ updates }) => updates.map(({ at }) => at))
    .sort((a, b) => earliest(b) - earliest(a));
  const begun = ({ started }: AnyEvent) => (
    <Time when={started} site={site} form={isNear(earliest(started), now) ? "clock" : "full"} />
  );
  const moment: Instant = {
    kind: "instant",
    at: now,
    offset: offsetAt(now, timezone),
    precision: "minute",
    approximate: false,
  };
  return (
    <section className={`overall ${site.state}`} aria-label={home.state}>
      <Mark effect={site.state} />
      <div>
        <h1>{headline(site)}</h1>
        {affected.length > 0 && <p>{home.affected({ components: listInWords(affected, locale) })}</p>}
        {worst ? (
          <p>
            <Sentence>
              {worst.kind === "maintenance"
                ? home.running({
                    time: begun(worst),
                    until: <PlannedEnd of={worst} site={site} now={now} />,
                    left: endInWords(worst, now, locale),
                  })
                : home.lasting({ time: begun(worst), length: runningInWords(worst.lasted, locale) })}
            </Sentence>{" "}
            {spoken[0] && (
              <>
                <Sentence>{home.lastUpdate({ age: <Age when={spoken[0]} now={now} site={site} /> })}</Sentence>{" "}
              </>
            )}
            <Expectations of={expectedOf(current)} site={site} now={now} />
          </p>
        ) : (
          <p>
            <Sentence>{home.asOf({ time: <Time when={moment} site={site} /> })}</Sentence>
          </p>
        )}
      </div>
    </section>
  );
}

/** The next update of anything that is going on, and the estimate for the worst of it. */
function expectedOf(current: readonly AnyEvent[]): Pick<Event, "nextUpdate" | "expectedEnd"> {
  const [next] = current.flatMap(({ nextUpdate }) => nextUpdate ?? []).sort((a, b) => a.at - b.at);
  const expectedEnd = current[0]?.expectedEnd;
  return { ...(next ? { nextUpdate: next } : {}), ...(expectedEnd ? { expectedEnd } : {}) };
}

function Components({ site }: { readonly site: Site }) {
  if (site.groups.length === 0) return null;
  return (
    <section aria-labelledby="components">
      <h2 id="components" className="sr-only">
        {messagesIn(site.config.locale).home.components}
      </h2>
      <BarsPattern />
      {site.groups.map(({ name, components }) => (
        <section key={name ?? ""} aria-label={name}>
          {name && <h3 className="group-name">{name}</h3>}
          <div className="group">
            {components.map((component) => (
              <ComponentRow key={component.id} component={component} level={name ? "h4" : "h3"} site={site} />
            ))}
          </div>
        </section>
      ))}
      <BarsLegend components={site.groups.flatMap(({ components }) => components)} site={site} />
    </section>
  );
}

interface ComponentRowProps {
  readonly component: ComponentHistory;
  /** One below the heading it stands under. */
  readonly level: "h3" | "h4";
  readonly site: Site;
}

function ComponentRow({ component, level: Heading, site }: ComponentRowProps) {
  return (
    <div className="component">
      <div className="component-head">
        <Heading>
          <a href={`/components/${component.id}`}>{component.name}</a>
        </Heading>
        <State effect={component.effect}>{messagesIn(site.config.locale).effect[component.effect]}</State>
      </div>
      <Bars component={component} site={site} hasDays />
    </div>
  );
}
