import { expectationsOf } from "#lib/calendar/expectations.ts";
import type { Event, Site } from "#lib/model/site.ts";
import { Sentence } from "../sentence/sentence.tsx";
import { Time } from "../time/time.tsx";

interface ExpectationsProps {
  readonly of: Pick<Event, "nextUpdate" | "expectedEnd">;
  readonly site: Site;
  readonly now: number;
}

/** A line of what readers may expect, if there is anything. */
export function ExpectationsLine(props: ExpectationsProps) {
  if (!(props.of.nextUpdate || props.of.expectedEnd)) return null;
  return (
    <p className="expectations">
      <Expectations {...props} />
    </p>
  );
}

/** By when the next update comes, and when it is expected to be over. */
export function Expectations({ of, site, now }: ExpectationsProps) {
  return expectationsOf(of, now, site.config.locale).map(({ of: what, sentence, when, form, isOverdue }) => (
    <span key={what} className={isOverdue ? "expectation overdue" : "expectation"}>
      <Sentence>{sentence({ time: <Time when={when} site={site} form={form} /> })}</Sentence>{" "}
    </span>
  ));
}
