import { EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { Pager } from "#components/frame/pager.tsx";
import { monthInWords } from "#lib/calendar/words.ts";
import type { Site } from "#lib/model/site.ts";
import { type AnyEvent, dateOf, EVENTS_PER_PAGE, type Filter, historyOf, matches } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";
import { Filters, isFiltering } from "./filters.tsx";

export function generateMetadata() {
  const site = reader().site();
  const description = `Every incident and every maintenance of ${site.config.name}`;
  return pageMetadata(site, { path: "/history", title: "History", description });
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
  return (
    <Frame site={site} here="/history" live={{ components: [], told: reader().told?.() }}>
      <h1>History</h1>
      <p className="lead">
        {isFiltering(filter)
          ? `${found.length.toLocaleString(site.config.locale)} of ${history.events.length.toLocaleString(site.config.locale)} incidents and maintenances.`
          : "Every incident and every maintenance, newest first."}
      </p>
      {!isFiltering(filter) && <MonthIndex site={site} />}
      <Filters site={site} filter={filter} />
      {found.length === 0 ? (
        <p className="empty">
          {history.events.length === 0 ? "Nothing has happened yet." : "Nothing matches. Try with less."}
        </p>
      ) : (
        <Months events={shown} site={site} />
      )}
      <Pager path="/history" query={{ ...filter }} number={number} last={Math.ceil(found.length / EVENTS_PER_PAGE)} />
    </Frame>
  );
}

/** All years, a cell a month with the number of events; a month without any is said to be one. */
function MonthIndex({ site }: { readonly site: Site }) {
  const { months } = historyOf(site);
  const { locale } = site.config;
  const years = [...new Set([...months.keys()].map((month) => month.slice(0, 4)))];
  return (
    <nav aria-label="Months">
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
                      aria-label={`${name} ${count}: ${monthInWords(month, locale)}`}
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
