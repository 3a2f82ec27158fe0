import { durationInWords, isNear, runningInWords } from "#lib/calendar/words.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { reportSummary, summaryText, updateHtml } from "#lib/site/views/text.ts";
import {
  componentNames,
  effectOfEvent,
  endInWords,
  impactInWords,
  listInWords,
  STATUS_WORDS,
  updateLabel,
} from "#lib/site/views/words.ts";
import { ExpectationsLine } from "../expectations/expectations.tsx";
import { Mark, State } from "../mark/mark.tsx";
import { Prose } from "../prose/prose.tsx";
import { Age, Time } from "../time/time.tsx";

interface EventProps {
  readonly event: Incident | Maintenance;
  readonly site: Site;
  readonly now: number;
}

/** An incident or a maintenance that is going on, with the newest it has to say. */
export function CurrentEvent({ event, site, now }: EventProps) {
  const latest = event.updates.at(-1);
  const names = componentNames(site, event);
  return (
    <article className={`current ${effectOfEvent(event)}`}>
      <h3>
        <a href={`/incidents/${event.slug}`}>
          <bdi>{event.title}</bdi>
        </a>
      </h3>
      <p className="current-facts">
        <State effect={effectOfEvent(event)}>{impactInWords(event)}</State>
        {names.length > 0 && <span>{listInWords(names, site.config.locale)}</span>}
        {event.kind === "maintenance" ? (
          <span>
            {STATUS_WORDS[event.status]}, <PlannedEnd of={event} site={site} now={now} />,{" "}
            <span className="age">{endInWords(event, now, site.config.locale)}</span>
          </span>
        ) : (
          <span>for {runningInWords(event.lasted, site.config.locale)}</span>
        )}
      </p>
      {latest && (
        <>
          <p className="current-when">
            <strong>{updateLabel(latest)}</strong> <Age when={latest.at} now={now} site={site} />,{" "}
            <Time when={latest.at} site={site} form={isNear(earliest(latest.at), now) ? "clock" : "full"} />
          </p>
          <ExpectationsLine of={event} site={site} now={now} />
          <Prose html={updateHtml(event, latest, site)} />
        </>
      )}
      {event.updates.length > 1 && (
        <p>
          <a href={`/incidents/${event.slug}`}>All {event.updates.length} updates</a>
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
  return (
    <>
      {isOverrunning ? "should have ended " : "until "}
      <Time when={window.end} site={site} form={isNear(window.end.at, now) ? "clock" : "full"} />
    </>
  );
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
  const isRunning = !event.isOver;
  const isPlanned = event.kind === "maintenance" && event.status === "scheduled";
  const isCancelled = event.kind === "maintenance" && event.status === "cancelled";
  const outcome = isPlanned
    ? `planned for ${durationInWords(event.lasted, locale, "short")}`
    : isCancelled
      ? `${STATUS_WORDS.cancelled}${event.ended ? ` after ${durationInWords(event.lasted, locale, "short")}` : ""}`
      : isRunning
        ? `${STATUS_WORDS[event.status]}, for ${runningInWords(event.lasted, locale, "short")}`
        : `lasted ${durationInWords(event.lasted, locale, "short")}`;
  const names = componentNames(site, event);
  return (
    <article className="line">
      <Heading>
        <Mark effect={effectOfEvent(event)} />
        <a href={`/incidents/${event.slug}`}>
          <bdi>{event.title}</bdi>
        </a>
      </Heading>
      <p className="line-facts">
        <span>{impactInWords(event)}</span>
        <span>
          <Time when={event.started} site={site} form="short" zone="site" />
        </span>
        <span>{outcome}</span>
        {names.length > 0 && <span>{listInWords(names, locale)}</span>}
        {event.report && <span>{event.report.status === "final" ? "Report" : "Preliminary report"}</span>}
      </p>
      <p className="line-text" dir="auto">
        {quotes === "report" ? reportSummary(event) : summaryText(event)}
      </p>
    </article>
  );
}
