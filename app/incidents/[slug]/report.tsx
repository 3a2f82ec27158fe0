import { ActionItem } from "#components/action/action.tsx";
import { Prose } from "#components/prose/prose.tsx";
import { ReportChanges } from "#components/redline/redline.tsx";
import { Sentence } from "#components/sentence/sentence.tsx";
import { Age, Time } from "#components/time/time.tsx";
import { dateInWords } from "#lib/calendar/words.ts";
import { dateAt } from "#lib/calendar/zone.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { ReportPromise, Site } from "#lib/model/site.ts";
import type { AnyEvent } from "#lib/site/views/history.ts";
import { reportHtml } from "#lib/site/views/text.ts";

interface SectionProps {
  readonly event: AnyEvent;
  readonly site: Site;
  readonly now: number;
}

/** A short report needs no table of contents. */
const WORTH_CONTENTS = 3;

export function ReportSection({ event, site, now }: SectionProps) {
  const promise = event.kind === "incident" ? event.reportDue : undefined;
  const { report } = event;
  const { event: words, report: told } = messagesIn(site.config.locale);
  if (!report) {
    return promise ? (
      <section aria-labelledby="report">
        <h2 id="report">{words.report}</h2>
        <p>
          <PromiseText promise={promise} site={site} />
        </p>
      </section>
    ) : null;
  }
  const { html, headings } = reportHtml(event, site);
  const top = headings.filter(({ level }) => level === 3);
  const note = report.published || report.status === "preliminary" || promise;
  return (
    <section className="report" aria-labelledby="report">
      <h2 id="report">{report.status === "preliminary" ? words.preliminary : words.report}</h2>
      {note && (
        <p className="lead">
          {report.published && (
            <>
              <Sentence>
                {told.published({
                  time: <Time when={report.published} site={site} />,
                  age: <Age when={report.published} now={now} site={site} />,
                })}
              </Sentence>{" "}
            </>
          )}
          {report.status === "preliminary" && `${told.mayChange} `}
          {promise && <PromiseText promise={promise} site={site} />}
        </p>
      )}
      {report.preliminary && <ReportChanges preliminary={report.preliminary} final={report.body} site={site} />}
      {top.length >= WORTH_CONTENTS && (
        <nav className="contents" aria-label={told.contentsLabel}>
          <details open>
            <summary>{told.contents}</summary>
            <ol>
              {top.map(({ id, text }) => (
                <li key={id}>
                  <a href={`#${id}`}>{text}</a>
                </li>
              ))}
            </ol>
          </details>
        </nav>
      )}
      <Prose html={html} site={site} />
    </section>
  );
}

/** When a report is promised, and whether the promise was kept. */
export function PromiseText({ promise, site }: { readonly promise: ReportPromise; readonly site: Site }) {
  const { timezone, locale } = site.config;
  const on = promise.day?.on ?? dateAt(promise.at - 1, timezone);
  const { due, overdue } = messagesIn(locale).report;
  const date = <time dateTime={on}>{dateInWords(on, locale)}</time>;
  const sentence = (promise.isOverdue ? overdue : due)[promise.status];
  return (
    <span className={promise.isOverdue ? "overdue" : undefined}>
      <Sentence>{sentence({ date })}</Sentence>
    </span>
  );
}

export function ActionList({ event, site, now }: SectionProps) {
  if (event.actions.length === 0) return null;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{messagesIn(site.config.locale).report.followUp}</h2>
      <ul className="actions">
        {event.actions.map((action) => (
          <ActionItem key={action.id ?? action.title} action={action} site={site} now={now} />
        ))}
      </ul>
    </section>
  );
}
