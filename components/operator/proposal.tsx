import { ageInWords } from "#lib/calendar/words.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { OperatorFrame, ProposalView } from "#lib/web/operator/views.ts";
import { Press } from "../form/form.tsx";
import { FactLine } from "./event.tsx";
import { Fault, Form, Problems, Select, YesBox } from "./form.tsx";

interface ProposalProps {
  readonly frame: OperatorFrame;
  readonly view: ProposalView;
}

/** As many entries are named; of the rest their number. */
const NAMED = 50;

/** Everything that readers will see otherwise, who is told what of it, and one button. */
export function Proposal({ frame, view }: ProposalProps) {
  const { kind, shown, changes, told, silence, problems, fault, seen, marks, isAllowed, asked, unclear, notTold } =
    view;
  const { locale } = frame.config;
  const { form, publish: words } = messagesIn(locale).operator;
  const isBroken = problems.some(({ severity }) => severity === "error");
  return (
    <>
      <Fault>{fault}</Fault>
      <Problems problems={problems} heading={isBroken ? words.broken : form.secondLook} locale={locale} />
      {shown && (
        <p>
          {words.shown({
            id: shown.id,
            age: ageInWords(shown.publishedAt, frame.now, locale),
            name: shown.publishedBy,
          })}
        </p>
      )}
      {!changes && !isBroken && <p>{words.nothing}</p>}
      {changes && (
        <>
          <Changes changes={changes} locale={locale} />
          <Told told={told} silence={silence} locale={locale} />
          <Remarks heading={words.unclear} remarks={unclear} locale={locale} />
          <Remarks heading={words.notTold} remarks={notTold} locale={locale} />
          {isAllowed ? (
            <Form action={`/operator/-/${kind}`} marks={marks} hidden={{ seen }}>
              <Asked asked={asked} locale={locale} />
              {/* A tick without which what is too uncertain is not published. */}
              {unclear.some(({ isHeld }) => isHeld) && <YesBox name="accept" label={words.accept} typed={{}} />}
              <Press step="write">{sendWords(view, locale)}</Press>
            </Form>
          ) : (
            <p className="quiet">{words.token}</p>
          )}
        </>
      )}
      {kind === "publish" && (
        <p className="last">
          <a href="/operator/-/rollback">{words.back}</a>
        </p>
      )}
    </>
  );
}

function sendWords({ kind, told }: ProposalView, locale: string): string {
  const { publish: words } = messagesIn(locale).operator;
  const count = told.flatMap(({ channels }) => channels).reduce((sum, each) => sum + each.count, 0);
  if (kind === "publish") return count === 0 ? words.do : words.doAndTell({ count });
  return count === 0 ? words.again : words.againAndTell({ count });
}

function Asked({ asked, locale }: Pick<ProposalView, "asked"> & { readonly locale: string }) {
  if (asked.length === 0) return null;
  const { publish: words } = messagesIn(locale).operator;
  return (
    <>
      <h2>{words.decide}</h2>
      <p>{words.decideAbout}</p>
      {asked.map(({ slug, subjects, answer }) => (
        <Select
          key={slug}
          name={`tell.${slug}`}
          label={subjects.join("; ")}
          options={[
            ["", words.undecided],
            ["no", words.doNotTell],
            ["yes", words.tell],
          ]}
          typed={{ [`tell.${slug}`]: answer }}
        />
      ))}
    </>
  );
}

interface ToldProps extends Pick<ProposalView, "told"> {
  readonly silence: string | undefined;
  readonly locale: string;
}

function Told({ told, silence, locale }: ToldProps) {
  const t = messagesIn(locale);
  const { publish: words } = t.operator;
  return (
    <>
      <h2>{words.told}</h2>
      {silence !== undefined && <p>{silence}</p>}
      {told.length > 1 && <p className="problems warnings">{words.several({ count: told.length })}</p>}
      {told.map((view, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike, and their order never changes
        <section className="told" key={index}>
          <h3>
            <bdi>{view.subject}</bdi>
          </h3>
          <FactLine>{[t.notice.kind[view.kind], toWhom(view, locale)]}</FactLine>
          {view.unusual.map((line) => (
            <p className="problems warnings" key={line}>
              {line}
            </p>
          ))}
          <details>
            <summary>{words.mail}</summary>
            <pre className="letter">{view.text}</pre>
          </details>
        </section>
      ))}
    </>
  );
}

/** “12 by email, 3 by webhook (a second person has to agree); API 12, Labels 8”. */
function toWhom({ channels, parts }: ProposalView["told"][number], locale: string): string {
  const { publish: words } = messagesIn(locale).operator;
  const by = channels.map(({ channel, count, isHeld }) =>
    (isHeld ? words.byHeld : words.by)({ channel, count: inDigits(count, locale) }),
  );
  const all = by.length > 0 ? by.join(", ") : words.toNobody;
  if (parts.length === 0) return all;
  const named = parts.map(({ name, count }) => words.part({ name, count: inDigits(count, locale) }));
  return words.to({ channels: all, parts: named.join(", ") });
}

interface RemarksProps {
  readonly heading: string;
  readonly remarks: ProposalView["notTold"];
  readonly locale: string;
}

function Remarks({ heading, remarks, locale }: RemarksProps) {
  if (remarks.length === 0) return null;
  return (
    <>
      <h2>{heading}</h2>
      <ul className="change-list">
        {remarks.slice(0, NAMED).map(({ title, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike, and their order never changes
          <li key={index}>
            <strong>
              <bdi>{title}</bdi>:
            </strong>{" "}
            {text}
          </li>
        ))}
      </ul>
      <Rest count={remarks.length - NAMED} locale={locale} />
    </>
  );
}

interface ChangesProps {
  readonly changes: NonNullable<ProposalView["changes"]>;
  readonly locale: string;
}

function Changes({ changes: { added, changed, removed, isSettingsChange }, locale }: ChangesProps) {
  const { publish: words } = messagesIn(locale).operator;
  const items = [
    ...added.map(({ slug, title }) => ({ of: words.added, slug, title, parts: "" })),
    ...changed.map((change) => ({ of: words.changed, ...change.after, parts: partsOf(change, locale) })),
    ...removed.map(({ slug, title }) => ({ of: words.removed, slug, title, parts: "" })),
    ...(isSettingsChange ? [{ of: words.changed, slug: "site.yaml", title: words.settings, parts: "" }] : []),
  ];
  return (
    <>
      <h2>{words.changes}</h2>
      <ul className="change-list">
        {items.slice(0, NAMED).map(({ of, slug, title, parts }) => (
          <li key={`${of} ${slug}`}>
            <strong>{of} </strong>
            <bdi>{title}</bdi>
            <span className="quiet">
              {" "}
              {slug}
              {parts !== "" && ` (${parts})`}
            </span>
          </li>
        ))}
      </ul>
      <Rest count={items.length - NAMED} locale={locale} />
    </>
  );
}

function partsOf({ parts, updates }: ChangesProps["changes"]["changed"][number], locale: string): string {
  const { publish: words } = messagesIn(locale).operator;
  const { added, edited, removed } = updates;
  return [
    ...(added.length > 0 ? [words.newUpdates({ count: added.length })] : []),
    ...(edited.length > 0 ? [words.edited({ count: edited.length })] : []),
    ...(removed.length > 0 ? [words.gone({ count: removed.length })] : []),
    ...parts,
  ].join(", ");
}

function Rest({ count, locale }: { readonly count: number; readonly locale: string }) {
  if (count <= 0) return null;
  return <p className="quiet">{messagesIn(locale).operator.publish.more({ count: inDigits(count, locale) })}</p>;
}

function inDigits(count: number, locale: string): string {
  return count.toLocaleString(locale);
}
