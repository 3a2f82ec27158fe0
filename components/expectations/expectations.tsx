import { expectationsOf } from "#lib/calendar/expectations.ts";
import type { Event, Site } from "#lib/model/site.ts";
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
  return expectationsOf(of, now).map(({ before, when, after, form, isOverdue }) => (
    <span key={before} className={isOverdue ? "expectation overdue" : "expectation"}>
      {before}
      <Time when={when} site={site} form={form} />
      {after}{" "}
    </span>
  ));
}
