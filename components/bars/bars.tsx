import { dateInWords } from "#lib/calendar/words.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Availability, ComponentHistory, Site } from "#lib/model/site.ts";
import { EFFECT_WORDS, percentInWords } from "#lib/site/views/words.ts";

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

/** Ninety days of one component, a bar a day. A day on which something happened stands out by height and colour. */
export function Bars({ component, site }: { readonly component: ComponentHistory; readonly site: Site }) {
  const { days, uptime } = component;
  const { locale } = site.config;
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
        aria-label={label(bad.length, days.length - first, share)}
      >
        {first > 0 && <rect className="day unknown" y={HEIGHT - 4} width={first * STEP - 1} height={4} />}
        {first < days.length && (
          <rect x={first * STEP} width={(days.length - first) * STEP} height={HEIGHT} fill="url(#day)" />
        )}
        {bad.map(({ day, index }) => (
          <Day key={day.period} day={day} x={index * STEP} locale={locale} />
        ))}
      </svg>
      <p className="bars-legend">
        <span>90 days ago</span>
        {share && <span>{share} uptime</span>}
        <span>Today</span>
      </p>
    </div>
  );
}

/** What is cut out of a day's bar, as [from the top, height]: each state has a pattern of its own beside its colour. */
const CUTS: Readonly<Record<Effect, readonly (readonly [number, number])[]>> = {
  operational: [],
  major_outage: [],
  partial_outage: [[13, 4]],
  degraded_performance: [
    [8, 4],
    [18, 4],
  ],
  under_maintenance: [[0, 15]],
};

function Day({ day, x, locale }: { readonly day: Availability; readonly x: number; readonly locale: string }) {
  return (
    <g className={day.worst}>
      <title>{`${dateInWords(day.period, locale)}: ${EFFECT_WORDS[day.worst].toLowerCase()}`}</title>
      <rect className="day-ground" x={x} width={STEP} height={HEIGHT} />
      <rect className="day" x={x} width={STEP - 1} height={HEIGHT} />
      {CUTS[day.worst].map(([y, height]) => (
        <rect key={y} className="day-ground" x={x} y={y} width={STEP - 1} height={height} />
      ))}
    </g>
  );
}

function label(bad: number, observed: number, share: string): string {
  const days =
    bad === 0 ? `No trouble in the last ${observed} days` : `Affected on ${bad} of the last ${observed} days`;
  return share ? `${days}; ${share} uptime` : days;
}
