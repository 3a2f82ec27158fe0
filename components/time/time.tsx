import { ageInWords, timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import { inZone } from "#lib/calendar/zone.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import type { When } from "#lib/model/time.ts";

export interface TimeProps {
  readonly when: When;
  readonly site: Site;
  readonly form?: "full" | "short" | "clock";
  /** Whose zone it is told in: the one it was written with, or the site's, which rules the days it stands under. */
  readonly zone?: "written" | "site";
}

/** A time as exactly as it is known; the page's script tells it in the reader's own zone, unless the site's rules it. */
export function Time({ when, site, form = "full", zone = "written" }: TimeProps) {
  const isSites = zone === "site";
  const isTold = when.kind === "instant" && !isSites;
  return (
    <time
      dateTime={timeForMachines(when)}
      data-form={isTold ? form : undefined}
      data-about={isTold && when.approximate ? aboutIn(site.config.locale) : undefined}
    >
      <Unbroken words={timeInWords(isSites ? inZone(when, site.config.timezone) : when, site.config, form)} />
    </time>
  );
}

/** How the script says of a time that it is known only roughly; it fills the gap. */
function aboutIn(locale: string): string {
  return messagesIn(locale).time.about({ time: "{time}" });
}

/** A zone stays on the line of its clock time; the page's script keeps them together too. */
function Unbroken({ words }: { readonly words: string }) {
  const [, before, clock] = /^(.*\s)?(\d\d:\S+ \S+)$/s.exec(words) ?? [];
  if (clock === undefined) return words;
  return (
    <>
      {before}
      <span className="unbroken">{clock}</span>
    </>
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
