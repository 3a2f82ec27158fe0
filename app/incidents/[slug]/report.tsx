import { Prose } from "#components/prose/prose.tsx";
import { ReportChanges } from "#components/redline/redline.tsx";
import { Age, Time } from "#components/time/time.tsx";
import { dateInWords } from "#lib/calendar/words.ts";
import { dateAt } from "#lib/calendar/zone.ts";
import type { Action } from "#lib/model/incident.ts";
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
  if (!report) {
    return promise ? (
      <section aria-labelledby="report">
        <h2 id="report">Report</h2>
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
      <h2 id="report">{report.status === "preliminary" ? "Preliminary report" : "Report"}</h2>
      {note && (
        <p className="lead">
          {report.published && (
            <>
              Published <Time when={report.published} site={site} />{" "}
              <Age when={report.published} now={now} site={site} />.{" "}
            </>
          )}
          {report.status === "preliminary" && "What is written here may still change. "}
          {promise && <PromiseText promise={promise} site={site} />}
        </p>
      )}
      {report.preliminary && <ReportChanges preliminary={report.preliminary} final={report.body} site={site} />}
      {top.length >= WORTH_CONTENTS && (
        <nav className="contents" aria-label="Contents of the report">
          <details open>
            <summary>Contents</summary>
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
      <Prose html={html} />
    </section>
  );
}

/** When a report is promised, and whether the promise was kept. */
export function PromiseText({ promise, site }: { readonly promise: ReportPromise; readonly site: Site }) {
  const { timezone, locale } = site.config;
  const on = promise.day?.on ?? dateAt(promise.at - 1, timezone);
  const what = `The ${promise.status} report`;
  return promise.isOverdue ? (
    <span className="overdue">
      {what} was due on <time dateTime={on}>{dateInWords(on, locale)}</time> and is overdue.
    </span>
  ) : (
    <span>
      {what} is due on <time dateTime={on}>{dateInWords(on, locale)}</time>.
    </span>
  );
}

export function ActionList({ event, site, now }: SectionProps) {
  if (event.actions.length === 0) return null;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">Follow-up</h2>
      <ul className="actions">
        {event.actions.map((action) => (
          <ActionItem key={action.title} action={action} site={site} now={now} />
        ))}
      </ul>
    </section>
  );
}

export function ActionItem({
  action,
  site,
  now,
}: {
  readonly action: Action;
  readonly site: Site;
  readonly now: number;
}) {
  const { title, owner, due, done, url } = action;
  const isOverdue = !done && due !== undefined && now >= due.endsAt;
  return (
    <li className={done ? "is-done" : undefined}>
      <span className="actions-title">{url ? <a href={url}>{title}</a> : title}</span>
      <span className="actions-facts">
        {done ? (
          <span className="done">
            Done <Time when={done} site={site} />
          </span>
        ) : (
          <span className={isOverdue ? "overdue" : undefined}>
            {isOverdue ? "Overdue" : "Open"}
            {due && (
              <>
                , due <Time when={due} site={site} />
              </>
            )}
          </span>
        )}
        {owner && <span>{owner}</span>}
      </span>
    </li>
  );
}
