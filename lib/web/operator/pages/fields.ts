import type { Element } from "hast";
import { h } from "hastscript";
import type { Problem } from "#lib/model/problem.ts";

/** What somebody has typed into a form, by the names of its fields; given back when the form is shown again. */
export type Typed = Readonly<Record<string, string>>;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export function textField({ name, label, hint }: Field, typed: Typed, isNeeded = true): Element {
  return labelled({ name, label, ...(hint === undefined ? {} : { hint }) }, (more) =>
    h("input", {
      id: name,
      name,
      value: typed[name] ?? "",
      required: isNeeded,
      maxLength: 300,
      autoComplete: "off",
      ...more,
    }),
  );
}

export function textArea({ name, label, hint }: Field, typed: Typed): Element {
  return labelled({ name, label, ...(hint === undefined ? {} : { hint }) }, (more) =>
    h("textarea", { id: name, name, rows: 5, required: true, maxLength: 50_000, ...more }, lines(typed[name] ?? "")),
  );
}

/** A browser takes the first line end of a text area's content as layout. */
function lines(text: string): string {
  return text.startsWith("\n") ? `\n${text}` : text;
}

/** One of a few values; the first where nothing was chosen. */
export function choice(
  { name, label, hint }: Field,
  values: readonly (readonly [value: string, label: string])[],
  typed: Typed,
): Element {
  return labelled({ name, label, ...(hint === undefined ? {} : { hint }) }, (more) =>
    h(
      "select",
      { id: name, name, ...more },
      values.map(([value, words]) => h("option", { value, selected: typed[name] === value }, words)),
    ),
  );
}

export function tick({ name, label, hint }: Field, typed: Typed): Element {
  return h("div.field", [
    h("label.tick", [
      h("input", { type: "checkbox", name, value: "yes", checked: typed[name] === "yes" }),
      h("span", label),
    ]),
    ...(hint === undefined ? [] : [h("p.hint", hint)]),
  ]);
}

function labelled({ name, label, hint }: Field, control: (more: Record<string, string>) => Element): Element {
  const hintId = `${name}-hint`;
  return h("div.field", [
    h("label", { htmlFor: name }, label),
    ...(hint === undefined ? [] : [h("p.hint", { id: hintId }, hint)]),
    control(hint === undefined ? {} : { ariaDescribedBy: hintId }),
  ]);
}

/** A form of ours: with what proves that it is, and what keeps it from being done twice. */
export interface FormMarks {
  readonly csrf: string;
  /** Sent again, a form with the same key is not done again. */
  readonly key: string;
}

export function form(action: string, { csrf, key }: FormMarks, children: readonly Element[]): Element {
  return h("form.form", { method: "post", action, acceptCharset: "utf-8" }, [
    h("input", { type: "hidden", name: "csrf", value: csrf }),
    h("input", { type: "hidden", name: "key", value: key }),
    ...children,
  ]);
}

/** What was typed, to be sent again as it is. */
export function hidden(typed: Typed): Element[] {
  return Object.entries(typed).map(([name, value]) => h("input", { type: "hidden", name, value }));
}

export function button(step: string, label: string, kind: "main" | "other" = "main"): Element {
  return h(
    "button.button",
    { type: "submit", name: "step", value: step, className: kind === "main" ? ["main"] : [] },
    label,
  );
}

/** What is in the way of a change, with where it stands and how to mend it. */
export function problemList(problems: readonly Problem[], heading: string): Element[] {
  if (problems.length === 0) return [];
  const isFault = problems.some(({ severity }) => severity === "error");
  return [
    h(`section.problems.${isFault ? "errors" : "warnings"}`, { role: isFault ? "alert" : "status" }, [
      h("h2", heading),
      h("ul", problems.map(problemItem)),
    ]),
  ];
}

function problemItem({ place, rule, severity, message, remedy }: Problem): Element {
  const field = /^request#\/([\w-]+)/.exec(place.file)?.[1];
  const where = field === undefined ? `${place.file}, line ${place.line}` : undefined;
  const lead = severity === "error" ? "" : "Warning: ";
  return h("li", [
    h("strong", [lead, field === undefined ? message : h("a", { href: `#${field}` }, message)]),
    ` ${remedy} `,
    h("span.quiet", [rule, ...(where === undefined || place.file === "request" ? [] : [`, ${where}`])]),
  ]);
}

/** What somebody else changed meanwhile. */
export function changedMeanwhile(file: string, diff: string | undefined): Element {
  return h("section.problems.errors", { role: "alert" }, [
    h("h2", "Somebody else has changed this file"),
    h("p", "Nothing was written, and what you typed is kept below. Look at what they changed, then send it again."),
    diff === undefined
      ? h(
          "p",
          `${file} is no longer as you saw it. What it said then is no longer known here; what it says now is below.`,
        )
      : h("pre.diff", { tabIndex: 0, role: "group", ariaLabel: `What changed in ${file}` }, diffLines(diff)),
  ]);
}

function diffLines(diff: string): Element[] {
  const shown = diff.split("\n").filter((line) => !/^(?:===|---|\+\+\+|\\)/.test(line));
  return shown.map((line) => {
    const name = line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span";
    return h(name, `${line}\n`);
  });
}
