import { InvalidArgumentError } from "commander";
import { EFFECTS, type Effect } from "#lib/model/incident.ts";

export type Effects = Readonly<Record<string, Effect>>;

/** `--component api=major_outage`, given any number of times. */
export function collectEffects(value: string, before: Effects = {}): Effects {
  const [id = "", effect = ""] = value.split("=");
  if (!(EFFECTS as readonly string[]).includes(effect)) {
    throw new InvalidArgumentError(`Write it as <id>=<effect>; effects are ${EFFECTS.join(", ")}.`);
  }
  return { ...before, [id]: effect as Effect };
}

/** The number of a snapshot. */
export function snapshotNumber(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError("It is a number, such as 12.");
  return Number(value);
}
