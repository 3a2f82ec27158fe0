import type { Effect } from "#lib/model/incident.ts";
import { SHAPES } from "#lib/site/views/shapes.ts";

/** The mark of a state, without words. */
export function Mark({ effect }: { readonly effect: Effect }) {
  return (
    <svg className={`mark ${effect}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path fillRule="evenodd" d={SHAPES[effect]} />
    </svg>
  );
}

interface StateProps {
  readonly effect: Effect;
  readonly children: string;
}

/** The mark of a state with words for it. */
export function State({ effect, children }: StateProps) {
  return (
    <span className={`state ${effect}`}>
      <Mark effect={effect} />
      {children}
    </span>
  );
}
