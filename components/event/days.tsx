import { dateInWords, datesInWords } from "#lib/calendar/words.ts";
import type { Site } from "#lib/model/site.ts";
import type { AnyEvent } from "#lib/render/history.ts";
import { EventLine } from "./event.tsx";

interface DaysProps {
  readonly days: readonly { readonly on: string; readonly events: readonly AnyEvent[] }[];
  readonly site: Site;
}

/** Dates with what began on each, newest first; dates without anything say so, together where they are neighbours. */
export function Days({ days, site }: DaysProps) {
  return (
    <dl className="days">
      {runs(days).map(({ first, last, events }) => (
        <div key={first}>
          <dt>
            {last === first ? (
              <time dateTime={first}>{dateInWords(first, site.config.locale, "weekday")}</time>
            ) : (
              datesInWords(first, last, site.config.locale)
            )}
          </dt>
          <dd>
            {events.length === 0 ? (
              <p className="none">No incidents</p>
            ) : (
              events.map((event) => <EventLine key={event.slug} event={event} site={site} />)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Neighbouring dates without events as one run; every other date by itself. */
function runs(days: DaysProps["days"]): { first: string; last: string; events: readonly AnyEvent[] }[] {
  const found: { first: string; last: string; events: readonly AnyEvent[] }[] = [];
  for (const { on, events } of days) {
    const before = found.at(-1);
    if (before && before.events.length === 0 && events.length === 0) before.first = on;
    else found.push({ first: on, last: on, events });
  }
  return found;
}
