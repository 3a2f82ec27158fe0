import { InvalidArgumentError } from "commander";
import { EFFECTS, type Effect } from "#lib/model/incident.ts";

export type Effects = Readonly<Record<string, Effect>>;

/** The effects of incidents, mildest first. */
export const HURTS = ["degraded_performance", "partial_outage", "major_outage"] as const;

/** `--component api=major_outage`, given any number of times. */
export function collectEffects(value: string, before: Effects = {}): Effects {
  const [id = "", effect = ""] = value.split("=");
  if (!(EFFECTS as readonly string[]).includes(effect)) {
    throw new InvalidArgumentError(`Say how badly: ${HURTS.map((hurt) => `${id}=${hurt}`).join(", ")}.`);
  }
  return { ...before, [id]: effect as Effect };
}

/** How a command is told by when the next update comes. */
export const NEXT = [
  "--next <time>",
  "by when the next update comes: “30m” counts from this one, “18:30” is the next one; shown to readers first of all",
] as const;

/** The same as a question. */
export const NEXT_QUESTION = "By when will you write again? (30m, 18:30; leave it empty to promise nothing)";

/** How a command is told when something is expected to be over. */
export const EXPECTED_END = [
  "--expected-end <time>",
  "when it is expected to be over, as “2h” or “20:00”; shown as an estimate, until “none” takes it back",
] as const;

/** The number of a snapshot. */
export function snapshotNumber(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError("It is a number, such as 12.");
  return Number(value);
}
