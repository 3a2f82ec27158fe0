import { durationInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Availability, Site } from "#lib/model/site.ts";
import { percentInWords } from "#lib/site/views/words.ts";
import { State } from "../mark/mark.tsx";

interface AvailabilityTableProps {
  readonly caption: string;
  readonly rows: readonly Availability[];
  readonly nameOf: (period: string) => string;
  readonly hrefOf?: (period: string) => string;
  readonly site: Site;
}

/** Uptime by period: what share of the time, how much was lost, and how bad it was at its worst. */
export function AvailabilityTable({ caption, rows, nameOf, hrefOf, site }: AvailabilityTableProps) {
  const { locale } = site.config;
  const { component: words, effect } = messagesIn(locale);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" aria-label={caption} tabIndex={0}>
      <table className="availability">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.period}</th>
            <th scope="col">{words.uptime}</th>
            <th scope="col">{words.lost}</th>
            <th scope="col">{words.worst}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ period, observedMs, lostMs, worst, events }) => (
            <tr key={period}>
              <th scope="row">
                {hrefOf && events.length > 0 ? <a href={hrefOf(period)}>{nameOf(period)}</a> : nameOf(period)}
              </th>
              <td>{observedMs > 0 ? percentInWords(1 - lostMs / observedMs, locale) : "–"}</td>
              <td>
                {lostMs > 0 ? durationInWords({ ms: lostMs, approximate: false }, locale, "short") : words.nothingLost}
              </td>
              <td>{events.length > 0 ? <State effect={worst}>{effect[worst]}</State> : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
