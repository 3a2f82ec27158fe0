import { expectationsInWords } from "#lib/calendar/expectations.ts";
import { ageInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { componentNames, effectOfEvent, impactInWords } from "#lib/site/views/words.ts";
import type { AnyEvent } from "#lib/web/operator/views.ts";

interface EventProps {
  readonly event: AnyEvent;
  readonly site: Site;
  readonly isDraft: boolean;
}

/** An event in a list of the operator's. */
export function EventCard({ event, site, isDraft }: EventProps) {
  return (
    <li className={`current ${effectOfEvent(event)}`}>
      <h3>
        <a href={`/operator/${encodeURIComponent(event.slug)}`}>
          <bdi>{event.title}</bdi>
        </a>
      </h3>
      <EventFacts event={event} site={site} isDraft={isDraft} />
    </li>
  );
}

/** State, impact, components, age, and what is to be expected. */
export function EventFacts({ event, site, isDraft }: EventProps) {
  const { config, now } = site;
  const t = messagesIn(config.locale);
  const since = event.kind === "maintenance" ? event.window.start : event.started;
  return (
    <FactLine>
      {[
        ...(isDraft ? [t.operator.state.draft] : []),
        t.status[event.status],
        impactInWords(event, t),
        ...componentNames(site, event),
        ageInWords(since, now, config.locale),
        ...(event.nextUpdate || event.expectedEnd ? [expectationsInWords(event, config, now)] : []),
      ]}
    </FactLine>
  );
}

/** Short facts on one line. */
export function FactLine({ children }: { readonly children: readonly string[] }) {
  return (
    <p className="current-facts">
      {children.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}
