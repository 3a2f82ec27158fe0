import { dateInWords } from "#lib/calendar/words.ts";
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
            <Day on={first} site={site} />
            {last !== first && (
              <>
                {" "}
                to <Day on={last} site={site} />
              </>
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

function Day({ on, site }: { readonly on: string; readonly site: Site }) {
  return <time dateTime={on}>{dateInWords(on, site.config.locale, "weekday")}</time>;
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
