import { durationInWords, isNear, runningInWords } from "#lib/calendar/words.ts";
import { languageOfContent, messagesIn } from "#lib/messages/messages.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import type { AnyEvent } from "#lib/site/views/history.ts";
import { reportSummary, summaryText, updateHtml } from "#lib/site/views/text.ts";
import {
  componentNames,
  effectOfEvent,
  endInWords,
  impactInWords,
  listInWords,
  updateLabel,
} from "#lib/site/views/words.ts";
import { ExpectationsLine } from "../expectations/expectations.tsx";
import { Mark, State } from "../mark/mark.tsx";
import { Prose } from "../prose/prose.tsx";
import { Sentence } from "../sentence/sentence.tsx";
import { Age, Time } from "../time/time.tsx";
import { Title } from "./title.tsx";

interface EventProps {
  readonly event: Incident | Maintenance;
  readonly site: Site;
  readonly now: number;
}

/** An incident or a maintenance that is going on, with the newest it has to say. */
export function CurrentEvent({ event, site, now }: EventProps) {
  const latest = event.updates.at(-1);
  const names = componentNames(site, event);
  const { locale } = site.config;
  const t = messagesIn(locale);
  return (
    <article className={`current ${effectOfEvent(event)}`}>
      <h3>
        <a href={`/incidents/${event.slug}`}>
          <Title event={event} site={site} />
        </a>
      </h3>
      <p className="current-facts">
        <State effect={effectOfEvent(event)}>{impactInWords(event, t)}</State>
        {names.length > 0 && <span>{listInWords(names, locale)}</span>}
        {event.kind === "maintenance" ? (
          <span>
            {t.status[event.status]}, <PlannedEnd of={event} site={site} now={now} />,{" "}
            <span className="age">{endInWords(event, now, locale)}</span>
          </span>
        ) : (
          <span>{t.time.lasting({ length: runningInWords(event.lasted, locale) })}</span>
        )}
      </p>
      {latest && (
        <>
          <p className="current-when">
            <strong>{updateLabel(latest, t)}</strong> <Age when={latest.at} now={now} site={site} />,{" "}
            <Time when={latest.at} site={site} form={isNear(earliest(latest.at), now) ? "clock" : "full"} />
          </p>
          <ExpectationsLine of={event} site={site} now={now} />
          <Prose html={updateHtml(event, latest, site)} site={site} />
        </>
      )}
      {event.updates.length > 1 && (
        <p>
          <a href={`/incidents/${event.slug}`}>{t.event.allUpdates({ count: event.updates.length })}</a>
        </p>
      )}
    </article>
  );
}

interface PlannedEndProps extends Omit<EventProps, "event"> {
  readonly of: Maintenance;
}

/** When work under way ends, or should have ended. */
export function PlannedEnd({ of: { window, isOverrunning }, site, now }: PlannedEndProps) {
  const { overdueEnd, until } = messagesIn(site.config.locale).time;
  const time = <Time when={window.end} site={site} form={isNear(window.end.at, now) ? "clock" : "full"} />;
  return <Sentence>{isOverrunning ? overdueEnd({ time }) : until({ time })}</Sentence>;
}

interface EventLineProps extends Omit<EventProps, "now"> {
  /** One below the heading it stands under. */
  readonly level?: "h2" | "h3";
  /** Which text is quoted: what the event last said, or its report. */
  readonly quotes?: "update" | "report";
}

/** One line of a list of events, with the beginning of what it says. */
export function EventLine({ event, site, level: Heading = "h3", quotes = "update" }: EventLineProps) {
  const { locale } = site.config;
  const t = messagesIn(locale);
  const names = componentNames(site, event);
  return (
    <article className="line">
      <Heading>
        <Mark effect={effectOfEvent(event)} />
        <a href={`/incidents/${event.slug}`}>
          <Title event={event} site={site} />
        </a>
      </Heading>
      <p className="line-facts">
        <span>{impactInWords(event, t)}</span>
        <span>
          <Time when={event.started} site={site} form="short" zone="site" />
        </span>
        <span>{outcomeOf(event, locale)}</span>
        {names.length > 0 && <span>{listInWords(names, locale)}</span>}
        {event.report && <span>{event.report.status === "final" ? t.event.report : t.event.preliminary}</span>}
      </p>
      <p className="line-text" dir="auto" lang={languageOfContent(locale)}>
        {quotes === "report" ? reportSummary(event, site) : summaryText(event, site)}
      </p>
    </article>
  );
}

/** What has become of an event, or how long it has been going on. */
function outcomeOf(event: AnyEvent, locale: string): string {
  const { event: words, status } = messagesIn(locale);
  const length = durationInWords(event.lasted, locale, "short");
  if (event.status === "scheduled") return words.plannedFor({ length });
  if (event.status === "cancelled") return event.ended ? words.cancelledAfter({ length }) : status.cancelled;
  if (event.isOver) return words.lastedFor({ length });
  return words.statusFor({ status: status[event.status], length: runningInWords(event.lasted, locale, "short") });
}
