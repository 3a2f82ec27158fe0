import { ageInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { isUnderWay } from "#lib/model/course.ts";
import type { Maintenance } from "#lib/model/site.ts";
import type { AnyEvent, OperatorFrame, OverviewView } from "#lib/web/operator/views.ts";
import { Press } from "../form/form.tsx";
import { EventCard } from "./event.tsx";
import { Form, Problems } from "./form.tsx";

/** How many of the past are still at hand. */
const RECENT = 5;

/** How many problems are named. */
const MOST_PROBLEMS = 5;

interface OverviewProps {
  readonly frame: OperatorFrame;
  readonly view: OverviewView;
}

/** What is wrong now, what can be done, and everything that is open. */
export function Overview({ frame, view }: OverviewProps) {
  const { site, drafts, problems, lastChange, troubles, clock } = view;
  const { locale } = frame.config;
  const { overview: words } = messagesIn(locale).operator;
  const events = [...site.incidents, ...site.maintenances];
  const published = events.filter(({ slug }) => !drafts.has(slug));
  const open = published.filter(({ isOver }) => !isOver);
  const lists: readonly (readonly [string, readonly AnyEvent[], string])[] = [
    [words.open, open.filter(({ kind }) => kind === "incident"), words.noOpen],
    [words.maintenance, underWayFirst(open.filter((event) => event.kind === "maintenance")), words.noMaintenance],
    [words.drafts, events.filter(({ slug }) => drafts.has(slug)), words.noDrafts],
    [words.ended, published.filter(({ isOver }) => isOver).slice(0, RECENT), words.noEnded],
  ];
  return (
    <>
      <Troubles troubles={troubles} locale={locale} />
      {clock && <ClockNote clock={clock} locale={locale} />}
      <p className="actions-row">
        <a className="press main" href="/operator/-/declare">
          {words.declare}
        </a>
        <a className="press" href="/operator/-/maintain">
          {words.maintain}
        </a>
        <a className="press" href="/operator/-/publish">
          {words.publish}
        </a>
      </p>
      <Problems
        problems={problems.slice(0, MOST_PROBLEMS)}
        heading={problems.length > MOST_PROBLEMS ? words.firstProblems({ count: problems.length }) : words.problems}
        locale={locale}
      />
      {lists.map(([heading, list, none]) => (
        <section key={heading}>
          <h2>{heading}</h2>
          {list.length === 0 ? (
            <p className="quiet">{none}</p>
          ) : (
            <ul className="cards">
              {list.map((event) => (
                <EventCard key={event.slug} event={event} site={site} isDraft={drafts.has(event.slug)} />
              ))}
            </ul>
          )}
        </section>
      ))}
      {lastChange && (
        <p className="last">
          {words.lastChange({ file: lastChange.file, age: ageInWords(lastChange.at, frame.now, locale) })}{" "}
          <a href="/operator/-/undo">{words.takeBack}</a>
        </p>
      )}
    </>
  );
}

/** What is under way, then what comes next. */
function underWayFirst(planned: readonly Maintenance[]): Maintenance[] {
  return planned.toSorted(
    (a, b) => Number(isUnderWay(b.status)) - Number(isUnderWay(a.status)) || a.window.start.at - b.window.start.at,
  );
}

/** What is wrong at this moment, above everything else on the page. */
function Troubles({ troubles, locale }: Pick<OverviewView, "troubles"> & { readonly locale: string }) {
  if (troubles.length === 0) return null;
  const { overview: words, part } = messagesIn(locale).operator;
  return (
    <section className="problems errors" aria-label={words.troublesLabel}>
      <h2>{words.troubles({ count: troubles.length })}</h2>
      <ul>
        {troubles.map((trouble) => (
          <li key={trouble}>{trouble}</li>
        ))}
      </ul>
      <p>
        <a href="/operator/-/delivery">{part.delivery}</a>
      </p>
    </section>
  );
}

interface ClockProps {
  readonly clock: NonNullable<OverviewView["clock"]>;
  readonly locale: string;
}

/** Why the clock is doubted, with the button of whoever knows better. */
function ClockNote({ clock: { doubt, marks }, locale }: ClockProps) {
  const { overview: words } = messagesIn(locale).operator;
  return (
    <section className="problems errors" aria-label={words.clockLabel}>
      <h2>{words.clock}</h2>
      <p>{words.clockRemedy({ doubt })}</p>
      {marks ? (
        <Form action="/operator" marks={marks}>
          <Press step="clock-is-right" kind="other">
            {words.clockRight}
          </Press>
        </Form>
      ) : (
        <p className="quiet">{words.clockToken}</p>
      )}
    </section>
  );
}
