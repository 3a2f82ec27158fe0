import type { Selectable } from "kysely";
import { IMPACTS } from "#lib/model/incident.ts";
import { type Interest, type QuietHours, TOPICS } from "#lib/model/subscription.ts";
import type { Tables } from "./schema.ts";

/** The columns in which a subscription keeps what its owner asked for. */
export const INTEREST_COLUMNS = [
  "components",
  "topics",
  "least_impact",
  "ends_only",
  "every_minutes",
  "quiet",
  "weekly",
  "zone",
] as const satisfies (keyof Tables["subscription"])[];

type InterestRow = Pick<Selectable<Tables["subscription"]>, (typeof INTEREST_COLUMNS)[number]>;

/** The bit that stands for a topic. */
export function bitOf(topic: (typeof TOPICS)[number]): number {
  return 1 << TOPICS.indexOf(topic);
}

/** An interest as one row keeps it. */
export function interestRow(interest: Interest): InterestRow {
  const { components, topics, leastImpact, isEndsOnly, everyMinutes, quiet, isWeekly, zone } = interest;
  return {
    components: JSON.stringify([...components].sort()),
    topics: topics.reduce((bits, topic) => bits | bitOf(topic), 0),
    least_impact: IMPACTS.indexOf(leastImpact),
    ends_only: isEndsOnly ? 1 : 0,
    every_minutes: everyMinutes ?? 0,
    quiet: quiet ? JSON.stringify(quiet) : null,
    weekly: isWeekly ? 1 : 0,
    zone: zone ?? null,
  };
}

export function interestOf(row: InterestRow): Interest {
  return {
    components: JSON.parse(row.components) as string[],
    topics: TOPICS.filter((topic) => (row.topics & bitOf(topic)) !== 0),
    leastImpact: IMPACTS[row.least_impact] ?? "none",
    ...(row.ends_only ? { isEndsOnly: true } : {}),
    ...(row.every_minutes ? { everyMinutes: row.every_minutes } : {}),
    ...(row.quiet === null ? {} : { quiet: JSON.parse(row.quiet) as QuietHours }),
    ...(row.weekly ? { isWeekly: true } : {}),
    ...(row.zone === null ? {} : { zone: row.zone }),
  };
}
