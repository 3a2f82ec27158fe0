import type { ReactNode } from "react";

/** A box to tick. */
export function Tick({ name, value, label, checked }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      <span>{label}</span>
    </label>
  );
}

interface TickProps {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly chosen: string;
  /** What is wrong with it, shown at the field. */
  readonly children?: ReactNode;
}

/** One of a few values. */
export function Choice({ name, label, hint, options, chosen, children }: ChoiceProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <Hint field={name}>{hint}</Hint>
      {children}
      <select id={name} name={name} defaultValue={chosen} aria-describedby={hint && `${name}-hint`}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What a field is for, below its label. */
export function Hint({ field, children }: { readonly field: string; readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <p className="hint" id={`${field}-hint`}>
      {children}
    </p>
  );
}

interface PressProps {
  readonly step: string;
  readonly kind?: "main" | "other";
  readonly children: string;
}

/** A button that sends its form and says what for. */
export function Press({ step, kind = "main", children }: PressProps) {
  return (
    <button type="submit" name="step" value={step} className={kind === "main" ? "press main" : "press"}>
      {children}
    </button>
  );
}
