import { messagesIn } from "#lib/messages/messages.ts";
import type { NoticeView, OperatorFrame } from "#lib/web/operator/views.ts";
import { Press } from "../form/form.tsx";
import { Fault, Form, TextArea, TextField } from "./form.tsx";
import { ReachList } from "./reach.tsx";

interface NoticeProps {
  readonly frame: OperatorFrame;
  readonly view: NoticeView;
}

/** One notice: who got it, what was sealed, and the way to tell them that it was wrong. */
export function Notice({ frame, view }: NoticeProps) {
  const { recipients, reach, more, isAllowed, fault } = view;
  const { locale } = frame.config;
  const { delivery: words } = messagesIn(locale).operator;
  return (
    <>
      <Fault>{fault}</Fault>
      <ReachList reach={reach} locale={locale} />
      {isAllowed && <Correcting frame={frame} view={view} />}
      <Sealed frame={frame} view={view} />
      <h2>{words.who}</h2>
      {recipients.length === 0 ? (
        <p className="quiet">{words.nobody}</p>
      ) : (
        <ul className="change-list">
          {recipients.map(({ channel, who, state, detail }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: masked addresses may be alike, and their order never changes
            <li key={index}>
              <strong>{state}</strong> {channel} <bdi>{who}</bdi>
              {detail && <span className="quiet"> {detail}</span>}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="quiet">{words.moreRecipients({ count: more.toLocaleString(locale) })}</p>}
    </>
  );
}

function Correcting({ frame, view: { path, marks, message, preview } }: NoticeProps) {
  const { locale } = frame.config;
  const { delivery: words, form } = messagesIn(locale).operator;
  return (
    <>
      {preview && (
        <section className="preview" aria-label={form.preview}>
          <p className="kicker">{words.toReceivers({ count: preview.recipients.toLocaleString(locale) })}</p>
          <h2>
            <bdi>{preview.subject}</bdi>
          </h2>
          <pre className="letter">{preview.text}</pre>
          <Form action={path} marks={marks} hidden={{ message }}>
            <Press step="write">{words.send}</Press>
          </Form>
        </section>
      )}
      <h2>{words.correct}</h2>
      <Form action={path} marks={marks}>
        <TextArea name="message" label={words.message} hint={words.messageHint} typed={{ message }} />
        <Press step="preview" kind={preview ? "other" : "main"}>
          {preview ? form.previewAgain : form.preview}
        </Press>
      </Form>
    </>
  );
}

function Sealed({ frame, view: { path, marks, sealed, to = "" } }: NoticeProps) {
  const { delivery: words } = messagesIn(frame.config.locale).operator;
  return (
    <>
      <h2>{words.sealed}</h2>
      {sealed.map(({ channel, facts, message: { html, subject, text } }) => (
        <details key={channel} open={to !== ""}>
          <summary>
            <strong>{channel}</strong>
            {subject !== undefined && (
              <>
                {" "}
                <bdi>{subject}</bdi>
              </>
            )}
          </summary>
          {facts.map((fact) => (
            <p className="quiet" key={fact}>
              {fact}
            </p>
          ))}
          <pre className="letter">{text}</pre>
          {html !== undefined && (
            <details>
              <summary>HTML</summary>
              <pre className="letter">{html}</pre>
            </details>
          )}
        </details>
      ))}
      {sealed.length === 0 && <p className="quiet">{words.nothingSealed}</p>}
      <Form action={path} marks={marks}>
        <TextField name="to" label={words.one} hint={words.oneHint} typed={{ to }} isNeeded={false} />
        <Press step="show" kind="other">
          {words.show}
        </Press>
      </Form>
    </>
  );
}
