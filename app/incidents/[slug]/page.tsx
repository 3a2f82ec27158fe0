import { notFound } from "next/navigation";
import { Title } from "#components/event/title.tsx";
import { ExpectationsLine } from "#components/expectations/expectations.tsx";
import { Facts } from "#components/facts/facts.tsx";
import { Follow } from "#components/follow/follow.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import "#components/cause/cause.css";
import "#components/harm/harm.css";
import "#components/phases/phases.css";
import { CauseSection } from "#components/cause/cause.tsx";
import { HarmSection } from "#components/harm/harm.tsx";
import { LinkedData } from "#components/linked-data/linked-data.tsx";
import { State } from "#components/mark/mark.tsx";
import { PhasesSection } from "#components/phases/phases.tsx";
import { Age, Time } from "#components/time/time.tsx";
import { Updates } from "#components/updates/updates.tsx";
import { durationInWords, runningInWords, timeForMachines } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { isUnderWay, neverBegan, overSince } from "#lib/model/course.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { cardPath } from "#lib/site/views/card.ts";
import { type AnyEvent, historyOf } from "#lib/site/views/history.ts";
import { eventData } from "#lib/site/views/linked-data.ts";
import { summaryText } from "#lib/site/views/text.ts";
import { effectOfEvent, impactInWords } from "#lib/site/views/words.ts";
import { reader } from "#lib/web/reader.ts";
import { ActionList, ReportSection } from "./report.tsx";

interface Params {
  readonly params: Promise<{ readonly slug: string }>;
}

async function eventOf(params: Params["params"]): Promise<AnyEvent> {
  const { slug } = await params;
  return historyOf(reader().site()).bySlug.get(decodeURIComponent(slug)) ?? notFound();
}

export async function generateMetadata({ params }: Params) {
  const event = await eventOf(params);
  const site = reader().site();
  return pageMetadata(site, {
    path: `/incidents/${event.slug}`,
    title: event.title,
    description: summaryText(event, site),
    type: "article",
    card: cardPath(event, site),
  });
}

export default async function EventPage({ params }: Params) {
  const event = await eventOf(params);
  const site = reader().site();
  const now = reader().now();
  const t = messagesIn(site.config.locale);
  return (
    <Frame
      site={site}
      here={event.kind === "maintenance" ? "/maintenance" : event.isOver ? "/history" : "/"}
      live={{ components: event.effects.map(({ component }) => component), told: reader().told?.() }}
    >
      <link
        rel="alternate"
        type="application/atom+xml"
        href={`/incidents/${event.slug}/history.atom`}
        title={event.title}
      />
      <link rel="alternate" type="text/markdown" href={`/incidents/${event.slug}.md`} />
      <link
        rel="alternate"
        type="application/json+oembed"
        href={`/oembed?url=${encodeURIComponent(`${site.config.url}/incidents/${event.slug}`)}`}
        title={event.title}
      />
      <LinkedData json={eventData(event, site)} />
      <article>
        <p className="kicker">
          <State effect={effectOfEvent(event)}>{impactInWords(event, t)}</State>
          {event.isOver ? (
            <State effect="operational">{t.status[event.status]}</State>
          ) : (
            <strong>{t.status[event.status]}</strong>
          )}
          {event.tags.map((tag) => (
            <a key={tag} className="tag needs-server" href={`/history?tag=${encodeURIComponent(tag)}`}>
              {tag}
            </a>
          ))}
        </p>
        <h1>
          <Title event={event} site={site} />
        </h1>
        <ExpectationsLine of={event} site={site} now={now} />
        <Facts
          facts={event.kind === "incident" ? incidentFacts(event, site, now) : maintenanceFacts(event, site, now)}
        />
        <HarmSection event={event} site={site} />
        <Follow
          site={site}
          components={event.effects.map(({ component }) => component)}
          feed={`/incidents/${event.slug}/history.atom`}
          isShared
        />
        {event.updates.length > 0 && (
          <section aria-labelledby="updates">
            <h2 id="updates">{t.event.updates}</h2>
            <Updates event={event} site={site} now={now} />
          </section>
        )}
        {event.kind === "incident" && <PhasesSection phases={event.phases} site={site} />}
        <CauseSection event={event} site={site} />
        <ReportSection event={event} site={site} now={now} />
        <ActionList event={event} site={site} now={now} />
      </article>
    </Frame>
  );
}

type Fact = readonly [string, React.ReactNode];

function incidentFacts(incident: Incident, site: Site, now: number): Fact[] {
  const { locale } = site.config;
  const { event: words, status } = messagesIn(locale);
  const { started, detected, ended, timeToDetect, timeToRepair, lasted } = incident;
  const facts: Fact[] = [
    [
      words.began,
      <>
        <Time when={started} site={site} /> <Age when={started} now={now} site={site} />
      </>,
    ],
  ];
  if (detected && timeToDetect) {
    facts.push([
      words.detected,
      <>
        <Time when={detected} site={site} />{" "}
        <span className="age">{words.afterStart({ length: durationInWords(timeToDetect, locale) })}</span>
      </>,
    ]);
  }
  if (ended) {
    facts.push([
      status.resolved,
      <>
        <Time when={ended} site={site} />{" "}
        {timeToRepair && (
          <span className="age">{words.afterDetection({ length: durationInWords(timeToRepair, locale) })}</span>
        )}
      </>,
    ]);
  }
  facts.push(
    ended ? [words.lasted, durationInWords(lasted, locale)] : [words.hasLasted, runningInWords(lasted, locale)],
    ...affected(incident, site),
  );
  return facts;
}

function maintenanceFacts(maintenance: Maintenance, site: Site, now: number): Fact[] {
  const { locale } = site.config;
  const { event: words, status: states, time: times } = messagesIn(locale);
  const { window, started, ended, cancelled, status, isOverrunning, lasted } = maintenance;
  const over = overSince(maintenance);
  const isOneDay = timeForMachines(window.start).slice(0, 10) === timeForMachines(window.end).slice(0, 10);
  const planned = durationInWords({ ms: window.end.at - window.start.at, approximate: false }, locale);
  const lengthOf = (ms: number) => runningInWords({ ms, approximate: false }, locale);
  const facts: Fact[] = [
    [
      words.planned,
      <>
        <Time when={window.start} site={site} /> –{" "}
        <Time when={window.end} site={site} form={isOneDay ? "clock" : "full"} /> <span className="age">{planned}</span>
      </>,
    ],
  ];
  if (status === "scheduled") facts.push([words.begins, <Age key="age" when={window.start} now={now} site={site} />]);
  else if (!neverBegan(maintenance)) facts.push([words.began, <Time key="time" when={started} site={site} />]);
  if (over)
    facts.push([
      cancelled ? states.cancelled : words.ended,
      <>
        <Time when={over} site={site} />{" "}
        {ended && <span className="age">{times.after({ length: durationInWords(lasted, locale) })}</span>}
      </>,
    ]);
  if (isUnderWay(status) && !isOverrunning)
    facts.push([words.ends, times.in({ length: lengthOf(window.end.at - now) })]);
  if (isOverrunning) facts.push([words.overrunning, times.by({ length: lengthOf(now - window.end.at) })]);
  return [...facts, ...affected(maintenance, site)];
}

function affected(event: AnyEvent, site: Site): Fact[] {
  if (event.effects.length === 0) return [];
  const { effect, event: words } = messagesIn(site.config.locale);
  const nameOf = (id: string) => site.config.components.find((component) => component.id === id)?.name ?? id;
  const isUntouched = event.kind === "maintenance" && neverBegan(event);
  return [
    [
      isUntouched ? words.wouldHaveAffected : words.affected,
      <ul key="affected">
        {event.effects.map(({ component, worst, current }) => (
          <li key={component}>
            <a href={`/components/${component}`}>{nameOf(component)}</a>{" "}
            {!isUntouched && (
              <State effect={event.isOver ? worst : current}>{effect[event.isOver ? worst : current]}</State>
            )}
          </li>
        ))}
      </ul>,
    ],
  ];
}
