import type { ReactNode } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { FormMarks, Typed } from "#lib/web/operator/views.ts";
import { Choice, Hint, Tick } from "../form/form.tsx";

interface FormProps {
  readonly action: string;
  readonly marks: FormMarks;
  /** What goes along with it as it is. */
  readonly hidden?: Typed;
  readonly children: ReactNode;
}

/** A form of ours: with what proves that it is, and what keeps it from being done twice. */
export function Form({ action, marks, hidden = {}, children }: FormProps) {
  return (
    <form className="form" method="post" action={action} acceptCharset="utf-8">
      <Hidden fields={{ csrf: marks.csrf, key: marks.key, ...hidden }} />
      {children}
    </form>
  );
}

/** What was typed, to be sent again as it is. */
export function Hidden({ fields }: { readonly fields: Typed }) {
  return Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly typed: Typed;
}

/** One line of text. */
export function TextField({ name, label, hint, typed, isNeeded = true }: FieldProps & { readonly isNeeded?: boolean }) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <Hint field={name}>{hint}</Hint>
      <input
        id={name}
        name={name}
        defaultValue={typed[name] ?? ""}
        required={isNeeded}
        maxLength={300}
        autoComplete="off"
        aria-describedby={hint && `${name}-hint`}
      />
    </div>
  );
}

/** A text of several lines. */
export function TextArea({ name, label, hint, typed }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <Hint field={name}>{hint}</Hint>
      <textarea
        id={name}
        name={name}
        rows={5}
        required
        maxLength={50_000}
        aria-describedby={hint && `${name}-hint`}
        defaultValue={typed[name] ?? ""}
      />
    </div>
  );
}

interface SelectProps extends FieldProps {
  readonly options: readonly (readonly [value: string, words: string])[];
}

/** One of a few values; the first where nothing was chosen. */
export function Select({ typed, options, ...field }: SelectProps) {
  return <Choice {...field} options={options} chosen={typed[field.name] ?? options[0]?.[0] ?? ""} />;
}

/** A box to tick that says “yes”. */
export function YesBox({ name, label, hint, typed }: FieldProps) {
  return (
    <div className="field">
      <Tick name={name} value="yes" label={label} checked={typed[name] === "yes"} />
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}

/** What went otherwise than was expected. */
export function Fault({ children }: { readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <p className="problems errors" role="alert">
      {children}
    </p>
  );
}

interface ProblemsProps {
  readonly problems: readonly Problem[];
  readonly heading: string;
  readonly locale: string;
}

/** What is in the way of a change, with where it stands and how to mend it. */
export function Problems({ problems, heading, locale }: ProblemsProps) {
  if (problems.length === 0) return null;
  const isFault = problems.some(({ severity }) => severity === "error");
  return (
    <section className={isFault ? "problems errors" : "problems warnings"} role={isFault ? "alert" : "status"}>
      <h2>{heading}</h2>
      <ul>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike, and their order never changes
          <ProblemItem key={index} problem={problem} locale={locale} />
        ))}
      </ul>
    </section>
  );
}

function ProblemItem({ problem, locale }: { readonly problem: Problem; readonly locale: string }) {
  const { place, rule, severity, message, remedy } = problem;
  const { form: words } = messagesIn(locale).operator;
  const field = /^request#\/([\w-]+)/.exec(place.file)?.[1];
  const said = severity === "error" ? message : words.warning({ message });
  return (
    <li>
      <strong>{field === undefined ? said : <a href={`#${field}`}>{said}</a>}</strong> {remedy}{" "}
      <span className="quiet">
        {field !== undefined || place.file === "request"
          ? rule
          : words.at({ rule, file: place.file, line: place.line })}
      </span>
    </li>
  );
}
