import { ageInWords, timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import type { Site } from "#lib/model/site.ts";
import type { When } from "#lib/model/time.ts";

export interface TimeProps {
  readonly when: When;
  readonly site: Site;
  readonly form?: "full" | "short" | "clock";
}

/** A time as exactly as it is known; the page's script tells it in the reader's own zone. */
export function Time({ when, site, form = "full" }: TimeProps) {
  return (
    <time dateTime={timeForMachines(when)} data-form={when.kind === "instant" ? form : undefined}>
      {timeInWords(when, site.config, form)}
    </time>
  );
}

/** How long ago something was, in words; the page's script keeps it true while the page stays open. */
export function Age({ when, now, site }: { readonly when: When; readonly now: number; readonly site: Site }) {
  const at = when.kind === "instant" ? timeForMachines(when) : undefined;
  return (
    <span className="age" data-at={at}>
      {ageInWords(when, now, site.config.locale)}
    </span>
  );
}
