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

/** The number of a snapshot. */
export function snapshotNumber(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError("It is a number, such as 12.");
  return Number(value);
}
