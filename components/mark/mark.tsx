import type { Effect } from "#lib/model/incident.ts";
import { SHAPES } from "#lib/site/views/shapes.ts";
import { EFFECT_WORDS } from "#lib/site/views/words.ts";

/** The mark of a state, without words. */
export function Mark({ effect }: { readonly effect: Effect }) {
  return (
    <svg className={`mark ${effect}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path fillRule="evenodd" d={SHAPES[effect]} />
    </svg>
  );
}

/** The mark of a state with its words, or with words of one's own. */
export function State({ effect, children }: { readonly effect: Effect; readonly children?: string }) {
  return (
    <span className={`state ${effect}`}>
      <Mark effect={effect} />
      {children ?? EFFECT_WORDS[effect]}
    </span>
  );
}
