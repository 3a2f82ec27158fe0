import { ageInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Reach } from "#lib/model/delivery.ts";
import { LIVE } from "#lib/model/live.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import type { DeliveryView, OperatorFrame } from "#lib/web/operator/views.ts";
import { Press } from "../form/form.tsx";
import { Sentence } from "../sentence/sentence.tsx";
import { FactLine } from "./event.tsx";
import { Fault, Form, Select, TextField } from "./form.tsx";
import { ReachList } from "./reach.tsx";

interface DeliveryProps {
  readonly frame: OperatorFrame;
  readonly view: DeliveryView;
}

/** What is being sent and to how many, what is halted, and the button that halts. */
export function Delivery({ frame, view }: DeliveryProps) {
  const { path, reach, alarms, marks, isAllowed, fault, still, verified, aside } = view;
  const { delivery: words } = messagesIn(frame.config.locale).operator;
  const notices = [...Map.groupBy(reach, ({ notice }) => notice.id)];
  return (
    <>
      <Fault>{fault}</Fault>
      {alarms.map((alarm) => (
        <p className="problems errors" key={alarm}>
          {alarm}
        </p>
      ))}
      <Halts frame={frame} view={view} />
      {isAllowed ? <HaltSection frame={frame} view={view} /> : <p className="quiet">{words.haltToken}</p>}
      <h2>{words.newest}</h2>
      {still !== undefined && (
        <p className="quiet">
          <Sentence>{words.refreshing({ pause: (inner) => <a href={still}>{inner}</a> })}</Sentence>
        </p>
      )}
      {notices.length === 0 && <p className="quiet">{words.none}</p>}
      {notices.map(([id, of]) => (
        <NoticeCard key={id} frame={frame} view={view} of={of} />
      ))}
      {aside > 0 && <p className="quiet">{words.aside({ count: aside })}</p>}
      <h2>{words.ledger}</h2>
      {verified && <Verified verified={verified} locale={frame.config.locale} />}
      <Form action={path} marks={marks}>
        <Press step="verify" kind="other">
          {words.verify}
        </Press>
      </Form>
    </>
  );
}

function Halts({ frame, view: { path, marks, halts, isAllowed } }: DeliveryProps) {
  if (halts.length === 0) return null;
  const { locale } = frame.config;
  const { delivery: words } = messagesIn(locale).operator;
  return (
    <>
      <h2>{words.halted}</h2>
      {halts.map(({ scope, why, by, at }) => (
        <section className="problems errors" key={scope}>
          <h3>{scope === "all" ? words.everything : scope.replace(":", ": ")}</h3>
          <p>
            {why}{" "}
            <span className="quiet">
              {at > 0 ? words.since({ name: by, age: ageInWords(at, frame.now, locale) }) : by}
            </span>
          </p>
          {at === 0 && <p>{words.removeFile}</p>}
          {at > 0 && isAllowed && (
            <Form action={path} marks={marks} hidden={{ scope }}>
              <Press step="resume" kind={scope === "all" ? "main" : "other"}>
                {words.resume}
              </Press>
            </Form>
          )}
        </section>
      ))}
    </>
  );
}

/** Where everything is halted, what is wanted next is to resume, perhaps without one notice or incident: the rest is folded. */
function HaltSection({ frame, view }: DeliveryProps) {
  const { delivery: words } = messagesIn(frame.config.locale).operator;
  if (!view.halts.some(({ scope }) => scope === "all")) return <HaltForm frame={frame} view={view} />;
  return (
    <details>
      <summary>{words.haltMore}</summary>
      <HaltForm frame={frame} view={view} />
    </details>
  );
}

/** Of the newest notices, so many can be halted by themselves. */
const MOST_NOTICES = 5;

function HaltForm({ frame, view: { path, marks, reach } }: DeliveryProps) {
  const { notice: notices, operator } = messagesIn(frame.config.locale);
  const { delivery: words } = operator;
  const slugs = [...new Map(reach.map(({ notice }) => [notice.event.slug, notice.event.title]))];
  const newest = [...new Map(reach.map(({ notice }) => [notice.id, notice])).values()].slice(0, MOST_NOTICES);
  const scopes = [
    ["all", words.everything],
    ...newest.map(
      ({ id, event, kind }) =>
        [`notice:${id}`, words.scopeNotice({ title: event.title, kind: notices.kind[kind] })] as const,
    ),
    ...slugs.map(([slug, title]) => [`incident:${slug}`, words.scopeIncident({ title })] as const),
    ...CHANNELS.map((channel) => [`channel:${channel}`, words.scopeChannel({ channel })] as const),
    [`channel:${LIVE}`, words.scopeLive],
  ] as const;
  return (
    <section className="halt" aria-label={words.haltLabel}>
      <Form action={path} marks={marks}>
        <Select name="scope" label={words.scope} options={scopes} typed={{}} />
        <TextField name="why" label={words.why} hint={words.whyHint} typed={{}} isNeeded={false} />
        <button className="press stop" type="submit" name="step" value="halt">
          {words.halt}
        </button>
      </Form>
    </section>
  );
}

function NoticeCard({ frame, view, of }: DeliveryProps & { readonly of: readonly Reach[] }) {
  const { path, marks, isAllowed } = view;
  const [first] = of;
  if (!first) return null;
  const { notice } = first;
  const { locale } = frame.config;
  const { notice: notices, operator } = messagesIn(locale);
  const { delivery: words } = operator;
  return (
    <section className="delivery">
      <h3>
        <bdi>{notice.event.title}</bdi>
      </h3>
      <FactLine>{[notices.kind[notice.kind], ageInWords(notice.madeAt, frame.now, locale)]}</FactLine>
      <ReachList reach={of} locale={locale} />
      <p className="deeds">
        <a href={`${path}/${notice.id}`}>{words.recipients}</a>
      </p>
      {isAllowed && of.some(({ state }) => state === "awaiting_approval") && (
        <Form action={path} marks={marks} hidden={{ notice: notice.id }}>
          <Press step="approve" kind="other">
            {words.approve}
          </Press>
        </Form>
      )}
      {isAllowed && of.some(({ state }) => state === "stopped") && (
        <Form action={path} marks={marks} hidden={{ notice: notice.id }}>
          <Press step="resume-notice" kind="other">
            {words.resume}
          </Press>
        </Form>
      )}
    </section>
  );
}

/** How many faults of the ledger are named. */
const MOST_FAULTS = 20;

interface VerifiedProps {
  readonly verified: NonNullable<DeliveryView["verified"]>;
  readonly locale: string;
}

function Verified({ verified: { entries, faults, notes }, locale }: VerifiedProps) {
  const { delivery: words } = messagesIn(locale).operator;
  if (faults.length === 0) {
    return (
      <p className="notice" role="status">
        {[words.whole({ count: entries.toLocaleString(locale) }), ...notes].join(" ")}
      </p>
    );
  }
  return (
    <section className="problems errors" role="alert">
      <h3>{words.broken}</h3>
      <ul>
        {faults.slice(0, MOST_FAULTS).map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </section>
  );
}
