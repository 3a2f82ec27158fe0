import { durationInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { PhaseAt, Site } from "#lib/model/site.ts";
import { Time } from "../time/time.tsx";

interface PhasesProps {
  readonly phases: readonly PhaseAt[] | undefined;
  readonly site: Site;
}

/** The turns of an incident as a table: when each was, and how long after the first harm. */
export function PhasesSection({ phases, site }: PhasesProps) {
  if (!phases) return null;
  const { phases: words } = messagesIn(site.config.locale);
  return (
    <section className="phases" aria-labelledby="phases">
      <h2 id="phases">{words.title}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.turn}</th>
            <th scope="col">{words.at}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {phases.map(({ phase, at, after }) => (
            <tr key={phase}>
              <th scope="row">{words.phase[phase]}</th>
              <td>
                <Time when={at} site={site} />
              </td>
              <td>{after && durationInWords(after, site.config.locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
