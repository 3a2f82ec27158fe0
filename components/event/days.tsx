import { dateInWords, datesInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import type { AnyEvent, RecentDay } from "#lib/site/views/history.ts";
import { EventLine } from "./event.tsx";
import { Title } from "./title.tsx";

interface DaysProps {
  readonly days: readonly RecentDay[];
  readonly site: Site;
  /** Events whose text stands on the same page already: here only their names do. */
  readonly toldAbove?: readonly AnyEvent[];
}

/** Dates with what began on each, newest first; neighbours on which nothing began, and the same went on, stand together. */
export function Days({ days, site, toldAbove = [] }: DaysProps) {
  const { home } = messagesIn(site.config.locale);
  return (
    <dl className="days">
      {runs(days).map(({ first, last, events, continued }) => (
        <div key={first}>
          <dt>
            {last === first ? (
              <time dateTime={first}>{dateInWords(first, site.config.locale, "weekday")}</time>
            ) : (
              datesInWords(first, last, site.config.locale)
            )}
          </dt>
          <dd>
            {events.map((event) =>
              toldAbove.includes(event) ? (
                <NameAlone key={event.slug} event={event} before={home.began} site={site} />
              ) : (
                <EventLine key={event.slug} event={event} site={site} />
              ),
            )}
            {continued.map((event) => (
              <NameAlone key={event.slug} event={event} before={home.continued} site={site} />
            ))}
            {events.length + continued.length === 0 && <p className="none">{home.quietDay}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface NameAloneProps {
  readonly event: AnyEvent;
  readonly before: string;
  readonly site: Site;
}

function NameAlone({ event, before, site }: NameAloneProps) {
  return (
    <p className="none">
      {before}{" "}
      <a href={`/incidents/${event.slug}`}>
        <Title event={event} site={site} />
      </a>
    </p>
  );
}

/** A date, or several in a row on which nothing began and the same went on. */
interface Run extends Omit<RecentDay, "on"> {
  readonly first: string;
  readonly last: string;
}

function isSame(a: readonly AnyEvent[], b: readonly AnyEvent[]): boolean {
  return a.length === b.length && a.every((event, index) => event === b[index]);
}

function runs(days: readonly RecentDay[]): Run[] {
  const found: Run[] = [];
  for (const { on, events, continued } of days) {
    const before = found.at(-1);
    const isAsBefore = before?.events.length === 0 && events.length === 0 && isSame(before.continued, continued);
    if (before && isAsBefore) found[found.length - 1] = { ...before, first: on };
    else found.push({ first: on, last: on, events, continued });
  }
  return found;
}
