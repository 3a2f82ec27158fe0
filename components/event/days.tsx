import { dateInWords, datesInWords } from "#lib/calendar/words.ts";
import type { Site } from "#lib/model/site.ts";
import type { RecentDay } from "#lib/site/views/history.ts";
import { EventLine } from "./event.tsx";

interface DaysProps {
  readonly days: readonly RecentDay[];
  readonly site: Site;
}

/** Dates with what began on each, newest first; dates without anything say so, together where they are neighbours. */
export function Days({ days, site }: DaysProps) {
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
            {events.map((event) => (
              <EventLine key={event.slug} event={event} site={site} />
            ))}
            {continued.map((event) => (
              <p key={event.slug} className="none">
                Continued: <a href={`/incidents/${event.slug}`}>{event.title}</a>
              </p>
            ))}
            {events.length + continued.length === 0 && <p className="none">No incidents</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A date, or several quiet ones in a row. */
interface Run extends Omit<RecentDay, "on"> {
  readonly first: string;
  readonly last: string;
}

function runs(days: readonly RecentDay[]): Run[] {
  const found: Run[] = [];
  for (const { on, events, continued } of days) {
    const before = found.at(-1);
    const isQuiet = events.length + continued.length === 0;
    if (before && isQuiet && before.events.length + before.continued.length === 0)
      found[found.length - 1] = { ...before, first: on };
    else found.push({ first: on, last: on, events, continued });
  }
  return found;
}
