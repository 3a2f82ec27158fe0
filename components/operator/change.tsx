import type { ReactNode } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import type { FormState, PreviewedUpdate } from "#lib/web/operator/views.ts";
import { Press } from "../form/form.tsx";
import { UpdateItem } from "../updates/updates.tsx";
import { EventFacts } from "./event.tsx";
import { Form, Problems } from "./form.tsx";

interface ChangeProps {
  readonly action: string;
  readonly state: FormState;
  readonly locale: string;
  /** Stands above the form as long as nothing is previewed. */
  readonly heading?: ReactNode;
  /** The fields of the form. */
  readonly children: ReactNode;
}

/** The steps of a change: write, look at what customers will read, send exactly that; or change it again. */
export function Change({ action, state, locale, heading, children }: ChangeProps) {
  const { marks, typed, problems = [], changed, preview } = state;
  const { form: words } = messagesIn(locale).operator;
  const { version } = typed;
  return (
    <>
      {changed && <ChangedMeanwhile file={changed.file} diff={changed.diff} locale={locale} />}
      <Problems problems={problems} heading={words.mended} locale={locale} />
      {preview ? (
        <>
          <Previewed action={action} state={state} preview={preview} locale={locale} />
          <h2>{words.change}</h2>
        </>
      ) : (
        heading
      )}
      <Form action={action} marks={marks} {...(version === undefined ? {} : { hidden: { version } })}>
        {children}
        <Press step="preview" kind={preview ? "other" : "main"}>
          {preview ? words.previewAgain : words.preview}
        </Press>
      </Form>
    </>
  );
}

interface PreviewedProps extends Pick<ChangeProps, "action" | "state" | "locale"> {
  readonly preview: PreviewedUpdate;
}

/** The update by the component that readers see it by, with the button that writes it. */
function Previewed({ action, state: { marks, typed }, preview, locale }: PreviewedProps) {
  const { site, event, update, warnings } = preview;
  const { form: words } = messagesIn(locale).operator;
  return (
    <section className="preview" aria-label={words.preview}>
      <p className="kicker">{words.customersRead}</p>
      <h2>
        <bdi>{event.title}</bdi>
      </h2>
      <EventFacts event={event} site={site} isDraft={false} />
      <ol className="updates">
        <UpdateItem event={event} update={update} site={site} now={site.now} />
      </ol>
      <Problems problems={warnings} heading={words.secondLook} locale={locale} />
      <Form action={action} marks={marks} hidden={typed}>
        <Press step="write">{words.save}</Press>
      </Form>
      <p className="hint">{words.saveHint}</p>
    </section>
  );
}

interface ChangedProps {
  readonly file: string;
  readonly diff: string | undefined;
  readonly locale: string;
}

/** What somebody else changed meanwhile. */
function ChangedMeanwhile({ file, diff, locale }: ChangedProps) {
  const { form: words } = messagesIn(locale).operator;
  return (
    <section className="problems errors" role="alert">
      <h2>{words.changed}</h2>
      <p>{words.changedAbout}</p>
      {diff === undefined ? (
        <p>{words.changedUnknown({ file })}</p>
      ) : (
        // biome-ignore-start lint/a11y: long lines are scrolled by the keyboard as well, and a fieldset is for fields
        <pre className="diff" tabIndex={0} role="group" aria-label={words.diff({ file })}>
          <Diff>{diff}</Diff>
        </pre>
        // biome-ignore-end lint/a11y: see above
      )}
    </section>
  );
}

function Diff({ children }: { readonly children: string }) {
  const shown = children.split("\n").filter((line) => !/^(?:===|---|\+\+\+|\\)/.test(line));
  return shown.map((line, index) => {
    const Line = line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span";
    // biome-ignore lint/suspicious/noArrayIndexKey: lines may be alike, and their order never changes
    return <Line key={index}>{`${line}\n`}</Line>;
  });
}
