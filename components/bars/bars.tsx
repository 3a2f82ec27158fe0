import { dateInWords, durationInWords } from "#lib/calendar/words.ts";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Availability, ComponentHistory, Site } from "#lib/model/site.ts";
import { percentInWords } from "#lib/site/views/words.ts";

/** Width of one day's bar with the gap behind it, in units of the drawing. */
const STEP = 5;
const HEIGHT = 30;

/** The pattern that draws every ordinary day at once; stands on a page before its bars. */
export function BarsPattern() {
  return (
    <svg className="bars-pattern" width="0" height="0" aria-hidden="true" focusable="false">
      <pattern id="day" width={STEP} height={HEIGHT} patternUnits="userSpaceOnUse">
        <rect className="day operational" width={STEP - 1} height={HEIGHT} />
      </pattern>
    </svg>
  );
}

interface BarsProps {
  readonly component: ComponentHistory;
  readonly site: Site;
  /** Where the days are not told elsewhere on the page: they unfold below the bars, in words. */
  readonly hasDays?: true;
}

/** Ninety days of one component, a bar a day. On a day on which something happened, the taller the colour, the longer it lasted. */
export function Bars({ component, site, hasDays }: BarsProps) {
  const { days, uptime } = component;
  const { locale } = site.config;
  const { bars } = messagesIn(locale);
  const unknown = days.findIndex((day) => day !== null);
  const first = unknown === -1 ? days.length : unknown;
  const bad = days.flatMap((day, index) => (day && day.worst !== "operational" ? [{ day, index }] : []));
  const share = uptime === undefined ? "" : percentInWords(uptime, locale);
  return (
    <div className="bars">
      <svg
        viewBox={`0 0 ${days.length * STEP - 1} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label(bad.length, days.length - first, share, bars)}
      >
        {first > 0 && <rect className="day unknown" y={HEIGHT - 4} width={first * STEP - 1} height={4} />}
        {first < days.length && (
          <rect x={first * STEP} width={(days.length - first) * STEP} height={HEIGHT} fill="url(#day)" />
        )}
        {bad.map(({ day, index }) => (
          <Day key={day.period} day={day} x={index * STEP} locale={locale} />
        ))}
      </svg>
      {hasDays && bad.length > 0 ? (
        <details>
          <summary className="bars-legend">
            <span>{bars.first}</span>
            <span>{bars.uptime({ share })}</span>
            <span>{bars.last}</span>
          </summary>
          <DayList days={bad.map(({ day }) => day)} component={component} locale={locale} />
        </details>
      ) : (
        <p className="bars-legend">
          <span>{bars.first}</span>
          {share && <span>{bars.uptime({ share })}</span>}
          <span>{bars.last}</span>
        </p>
      )}
    </div>
  );
}

/** So many affected days are told below the bars; the component's own page has all. */
const LISTED_DAYS = 7;

interface DayListProps {
  readonly days: readonly Availability[];
  readonly component: ComponentHistory;
  readonly locale: string;
}

/** What the bars show, day by day in words, newest first: for whoever cannot point at a bar. */
function DayList({ days, component, locale }: DayListProps) {
  return (
    <ul>
      {days
        .slice(-LISTED_DAYS)
        .toReversed()
        .map((day) => (
          <li key={day.period}>{wordsOf(day, locale)}</li>
        ))}
      {days.length > LISTED_DAYS && (
        <li>
          <a href={`/components/${component.id}#days`}>{messagesIn(locale).bars.allDays({ days: days.length })}</a>
        </li>
      )}
    </ul>
  );
}

interface BarsLegendProps {
  readonly components: readonly ComponentHistory[];
  readonly site: Site;
}

/** What the bars of these components mean. */
export function BarsLegend({ components, site }: BarsLegendProps) {
  const effects = new Set(components.flatMap(({ days }) => days.map((day) => day?.worst)));
  const shown = LEGEND.filter((effect) => effects.has(effect));
  if (shown.length === 0) return null;
  const { bars, effect: words } = messagesIn(site.config.locale);
  return (
    <p className="bars-key">
      <span>{bars.key}</span>
      {shown.map((effect) => (
        <span key={effect} className={`bars-key-effect ${effect}`}>
          <svg width="10" height="15" viewBox={`0 0 ${STEP} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <Coloured effect={effect} x={0} height={HEIGHT} />
          </svg>
          {words[effect].toLowerCase()}
        </span>
      ))}
    </p>
  );
}

const LEGEND: readonly Effect[] = ["major_outage", "partial_outage", "degraded_performance", "under_maintenance"];

/** What is cut out of the coloured part, as [from the top, height] in shares of it: each state has a pattern beside its colour. */
const CUTS: Readonly<Record<Effect, readonly (readonly [number, number])[]>> = {
  operational: [],
  major_outage: [],
  partial_outage: [[0.43, 0.14]],
  degraded_performance: [
    [0.26, 0.14],
    [0.6, 0.14],
  ],
  under_maintenance: [],
};

/** A minute is still seen. */
const LEAST_HEIGHT = 8;

/** How tall the coloured part is. The root keeps an hour apart from a minute; where only the date is known, it is the whole day. */
function heightOf({ affectedMs, observedMs }: Availability): number {
  if (affectedMs === 0 || observedMs === 0) return HEIGHT;
  const share = Math.sqrt(Math.min(1, affectedMs / observedMs));
  return Math.round(LEAST_HEIGHT + (HEIGHT - LEAST_HEIGHT) * share);
}

function Day({ day, x, locale }: { readonly day: Availability; readonly x: number; readonly locale: string }) {
  return (
    <g className={day.worst}>
      <title>{wordsOf(day, locale)}</title>
      <Coloured effect={day.worst} x={x} height={heightOf(day)} />
    </g>
  );
}

function wordsOf(day: Availability, locale: string): string {
  return messagesIn(locale).bars.day({ date: dateInWords(day.period, locale), state: dayInWords(day, locale) });
}

/** “partial outage, for 13 minutes” */
export function dayInWords({ worst, affectedMs }: Availability, locale: string): string {
  const { bars, effect } = messagesIn(locale);
  const state = effect[worst].toLowerCase();
  if (affectedMs === 0) return state;
  const minutes = Math.max(60_000, Math.floor(affectedMs / 60_000) * 60_000);
  return bars.stateFor({ state, length: durationInWords({ ms: minutes, approximate: false }, locale) });
}

function Coloured({ effect, x, height }: { readonly effect: Effect; readonly x: number; readonly height: number }) {
  const top = HEIGHT - height;
  // Work that was announced is narrower: it is no outage.
  const narrower = effect === "under_maintenance" ? 1 : 0;
  return (
    <>
      <rect className="day-ground" x={x} y={top - 2} width={STEP} height={height + 2} />
      <rect className="day" x={x + narrower} y={top} width={STEP - 1 - 2 * narrower} height={height} />
      {CUTS[effect].map(([from, share]) => (
        <rect
          key={from}
          className="day-ground"
          x={x}
          y={top + from * height}
          width={STEP - 1}
          height={Math.max(2, share * height)}
        />
      ))}
    </>
  );
}

function label(bad: number, days: number, share: string, bars: Messages["bars"]): string {
  if (bad === 0) return share ? bars.wellShare({ days, share }) : bars.well({ days });
  return share ? bars.badShare({ bad, days, share }) : bars.bad({ bad, days });
}
