import { EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { Pager } from "#components/frame/pager.tsx";
import { monthInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { type AnyEvent, dateOf, EVENTS_PER_PAGE, type Filter, historyOf, matches } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";
import { Filters, isFiltering } from "./filters.tsx";

export function generateMetadata() {
  const site = reader().site();
  const { frame, history } = messagesIn(site.config.locale);
  const description = history.about({ name: site.config.name });
  return pageMetadata(site, { path: "/history", title: frame.history, description });
}

interface Params {
  readonly searchParams: Promise<Filter & { readonly page?: string }>;
}

export default async function HistoryPage({ searchParams }: Params) {
  const { page = "1", ...filter } = await searchParams;
  const site = reader().site();
  const history = historyOf(site);
  const found = history.events.filter((event) => matches(event, filter));
  const number = Math.max(1, Math.min(Number.parseInt(page, 10) || 1, Math.ceil(found.length / EVENTS_PER_PAGE)));
  const shown = found.slice((number - 1) * EVENTS_PER_PAGE, number * EVENTS_PER_PAGE);
  const { locale } = site.config;
  const { frame, history: words } = messagesIn(locale);
  return (
    <Frame site={site} here="/history" live={{ components: [], told: reader().told?.() }}>
      <h1>{frame.history}</h1>
      <p className="lead">
        {isFiltering(filter)
          ? words.filtered({
              found: found.length.toLocaleString(locale),
              all: history.events.length.toLocaleString(locale),
            })
          : words.lead}
      </p>
      {!isFiltering(filter) && <MonthIndex site={site} />}
      <Filters site={site} filter={filter} />
      {found.length === 0 ? (
        <p className="empty">{history.events.length === 0 ? words.empty : words.noMatch}</p>
      ) : (
        <Months events={shown} site={site} />
      )}
      <Pager
        site={site}
        path="/history"
        query={{ ...filter }}
        number={number}
        last={Math.ceil(found.length / EVENTS_PER_PAGE)}
      />
    </Frame>
  );
}

/** All years, a cell a month with the number of events; a month without any is said to be one. */
function MonthIndex({ site }: { readonly site: Site }) {
  const { months } = historyOf(site);
  const { locale } = site.config;
  const words = messagesIn(locale).history;
  const years = [...new Set([...months.keys()].map((month) => month.slice(0, 4)))];
  return (
    <nav aria-label={words.months}>
      {years.map((year) => (
        <section key={year} aria-label={year}>
          <h2 className="year">{year}</h2>
          <ol className="months">
            {Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`).map((month) => {
              const count = months.get(month)?.length ?? 0;
              const name = monthInWords(month, locale, "short");
              return (
                <li key={month}>
                  {count > 0 ? (
                    <a
                      href={`/history/${month.replace("-", "/")}`}
                      aria-label={words.month({ short: name, count, name: monthInWords(month, locale) })}
                    >
                      {name} <strong>{count}</strong>
                    </a>
                  ) : (
                    <span>
                      {name} <span aria-hidden="true">–</span>
                    </span>
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </nav>
  );
}

function Months({ events, site }: { readonly events: readonly AnyEvent[]; readonly site: Site }) {
  const months = Map.groupBy(events, (event) => dateOf(event, site).slice(0, 7));
  return [...months].map(([month, own]) => (
    <section key={month} aria-labelledby={`m${month}`}>
      <h2 id={`m${month}`}>
        <a href={`/history/${month.replace("-", "/")}`}>{monthInWords(month, site.config.locale)}</a>
      </h2>
      {own.map((event) => (
        <EventLine key={event.slug} event={event} site={site} />
      ))}
    </section>
  ));
}
