import { ageInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { reportHtml } from "#lib/site/views/text.ts";
import type {
  ChangeView,
  DeclareView,
  EventView,
  MissingView,
  OperatorFrame,
  ReportView,
  TakeBackView,
} from "#lib/web/operator/views.ts";
import { Press } from "../form/form.tsx";
import { Prose } from "../prose/prose.tsx";
import { UpdateItem } from "../updates/updates.tsx";
import { Change } from "./change.tsx";
import { CorrectionFields, DeclarationFields, MoveFields, PlanFields, UpdateFields } from "./entry-fields.tsx";
import { EventFacts } from "./event.tsx";
import { Fault, Form, Problems, Select } from "./form.tsx";

interface PageProps<View> {
  readonly frame: OperatorFrame;
  readonly view: View;
}

/** A new incident, or new maintenance. */
export function DeclarePage({ frame: { config }, view: { kind, state } }: PageProps<DeclareView>) {
  return (
    <Change action={`/operator/-/${kind}`} state={state} locale={config.locale}>
      {kind === "declare" ? (
        <DeclarationFields config={config} typed={state.typed} />
      ) : (
        <PlanFields config={config} typed={state.typed} />
      )}
    </Change>
  );
}

/** Another window of maintenance, or another text of an update. */
export function ChangePage({ frame: { config }, view: { kind, path, event, state } }: PageProps<ChangeView>) {
  const { event: words } = messagesIn(config.locale).operator;
  const heading = (
    <>
      <p className="quiet">
        <bdi>{event.title}</bdi>
      </p>
      {kind === "correct" && <p className="hint">{words.correctAbout}</p>}
    </>
  );
  return (
    <Change action={path} state={state} locale={config.locale} heading={heading}>
      {kind === "move" ? (
        <MoveFields config={config} typed={state.typed} hasBegun={event.status !== "scheduled"} />
      ) : (
        <CorrectionFields config={config} typed={state.typed} />
      )}
    </Change>
  );
}

/** One incident or maintenance: its state, the form of the next update, what was said so far, its report. */
export function EventPage({ view }: PageProps<EventView>) {
  const { site, event, isDraft, hasReport, state } = view;
  const { locale } = site.config;
  const { event: words } = messagesIn(locale).operator;
  const path = `/operator/${encodeURIComponent(event.slug)}`;
  return (
    <>
      <EventFacts event={event} site={site} isDraft={isDraft} />
      <Change action={path} state={state} locale={locale} heading={<h2>{event.isOver ? words.more : words.update}</h2>}>
        <UpdateFields config={site.config} kind={event.kind} typed={state.typed} />
      </Change>
      {event.kind === "maintenance" && !event.isOver && (
        <p>
          <a href={`${path}/move`}>{words.move}</a> {words.cancel}
        </p>
      )}
      {isDraft && <DraftNote path={path} state={state} locale={locale} />}
      <h2>{words.updates}</h2>
      {event.updates.length === 0 ? (
        <p className="quiet">{words.noUpdates}</p>
      ) : (
        <ol className="updates" reversed>
          {event.updates.toReversed().map((update) => (
            <UpdateItem key={update.id} event={event} update={update} site={site} now={site.now}>
              {!update.isCorrection && (
                <p>
                  <a href={`${path}/correct/${encodeURIComponent(update.id)}`}>{words.correct}</a>
                </p>
              )}
            </UpdateItem>
          ))}
        </ol>
      )}
      <h2>{words.report}</h2>
      <p>
        <a href={`${path}/report`}>{hasReport ? words.seeReport : words.beginReport}</a>
      </p>
    </>
  );
}

interface DraftNoteProps extends Pick<EventView, "state"> {
  readonly path: string;
  readonly locale: string;
}

/** A draft is shown to nobody; here it stops being one. */
function DraftNote({ path, state: { marks, typed }, locale }: DraftNoteProps) {
  const { event: words } = messagesIn(locale).operator;
  return (
    <section className="current">
      <h2>{words.draft}</h2>
      <p>{words.draftAbout}</p>
      <Form action={path} marks={marks} hidden={{ version: typed["version"] ?? "" }}>
        <Press step="end-draft" kind="other">
          {words.endDraft}
        </Press>
      </Form>
    </section>
  );
}

/** A report as readers will see it, with its next step. It is written in its file: a phone is no place for that. */
export function ReportPage({ view }: PageProps<ReportView>) {
  const { path, site, event, templates, marks, version, isAllowed, isBegun, problems } = view;
  const { report } = event;
  const { locale } = site.config;
  const { form, report: words } = messagesIn(locale).operator;
  return (
    <>
      <Problems problems={problems} heading={form.mended} locale={locale} />
      <p>
        <a href={path.replace(/\/report$/, "")}>{event.title}</a>
      </p>
      <p className="quiet">{stateOf(view)}</p>
      {isAllowed && !isBegun && (
        <Form action={path} marks={marks} hidden={{ version }}>
          <Select name="template" label={words.template} options={templates.map((name) => [name, name])} typed={{}} />
          <Press step="begin">{words.begin}</Press>
        </Form>
      )}
      {isAllowed && report?.status === "preliminary" && (
        <Form action={path} marks={marks} hidden={{ version }}>
          <Press step="final">{words.finish}</Press>
        </Form>
      )}
      {report && <Prose html={reportHtml(event, site).html} site={site} />}
    </>
  );
}

function stateOf({ site, event: { report, file }, isBegun }: ReportView): string {
  const { report: words } = messagesIn(site.config.locale).operator;
  if (report) return words.written({ status: report.status, file });
  return isBegun ? words.empty({ file }) : words.none;
}

/** The last change of a file, and the button that undoes it. */
export function TakeBackPage({ frame, view: { last, marks, fault } }: PageProps<TakeBackView>) {
  const { locale } = frame.config;
  const { takeBack: words } = messagesIn(locale).operator;
  if (!last) return <p>{words.nothing}</p>;
  const { file, isNew, at } = last;
  return (
    <>
      <Fault>{fault}</Fault>
      <p>{isNew ? words.removed({ file }) : words.restored({ file })}</p>
      <p className="quiet">{words.about({ age: ageInWords(at, frame.now, locale) })}</p>
      {marks && (
        <Form action="/operator/-/undo" marks={marks} hidden={{ at: String(at) }}>
          <Press step="write">{words.do}</Press>
        </Form>
      )}
    </>
  );
}

/** There is no such incident, or its file cannot be read. */
export function MissingPage({ frame: { config }, view: { problems } }: PageProps<MissingView>) {
  const { form, missing } = messagesIn(config.locale).operator;
  return (
    <>
      <Problems problems={problems} heading={form.mended} locale={config.locale} />
      <p>{problems.length > 0 ? missing.broken : missing.noFile}</p>
    </>
  );
}
