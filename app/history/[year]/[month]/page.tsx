import { notFound } from "next/navigation";
import { EventLine } from "#components/event/event.tsx";
import { Title } from "#components/event/title.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { monthInWords } from "#lib/calendar/words.ts";
import { dateAt } from "#lib/calendar/zone.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { continuedIn, historyOf } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";

interface Params {
  readonly params: Promise<{ readonly year: string; readonly month: string }>;
}

/** The month of an address: one that has come, and from the first year anything is known of. */
async function monthOf(params: Params["params"], site: Site): Promise<string> {
  const { year, month } = await params;
  const key = `${year}-${month}`;
  const first = [...historyOf(site).months.keys()].at(-1)?.slice(0, 4) ?? year;
  const isMonth = /^\d{4}-(?:0[1-9]|1[0-2])$/.test(key);
  if (!isMonth || year < first || key > dateAt(site.now, site.config.timezone).slice(0, 7)) notFound();
  return key;
}

export async function generateMetadata({ params }: Params) {
  const site = reader().site();
  const month = await monthOf(params, site);
  const title = monthInWords(month, site.config.locale);
  return pageMetadata(site, {
    path: `/history/${month.replace("-", "/")}`,
    title,
    description: messagesIn(site.config.locale).month.about({ name: site.config.name, month: title }),
  });
}

export default async function MonthPage({ params }: Params) {
  const site = reader().site();
  const month = await monthOf(params, site);
  const { months } = historyOf(site);
  const events = months.get(month) ?? [];
  const continued = continuedIn(site, month);
  const known = [...months.keys()];
  const older = known.find((other) => other < month);
  const newer = known.findLast((other) => other > month);
  const { history, home, month: words } = messagesIn(site.config.locale);
  return (
    <Frame site={site} here="/history" live={{ components: [], told: reader().told?.() }}>
      <h1>{monthInWords(month, site.config.locale)}</h1>
      <p className="lead">
        {events.length + continued.length === 0
          ? words.none
          : continued.length > 0
            ? words.someContinued({ count: events.length, continued: continued.length })
            : words.some({ count: events.length })}
      </p>
      {continued.map((event) => (
        <p key={event.slug} className="none">
          {home.continued}{" "}
          <a href={`/incidents/${event.slug}`}>
            <Title event={event} site={site} />
          </a>
        </p>
      ))}
      {events.map((event) => (
        <EventLine key={event.slug} event={event} site={site} level="h2" />
      ))}
      <nav className="pager" aria-label={history.months}>
        <MonthLink month={newer} site={site} rel="next" />
        <a href="/history">{words.all}</a>
        <MonthLink month={older} site={site} rel="prev" />
      </nav>
    </Frame>
  );
}

function MonthLink({
  month,
  site,
  rel,
}: {
  readonly month: string | undefined;
  readonly site: Site;
  readonly rel: string;
}) {
  if (!month) return <span />;
  return (
    <a href={`/history/${month.replace("-", "/")}`} rel={rel}>
      {monthInWords(month, site.config.locale)}
    </a>
  );
}
