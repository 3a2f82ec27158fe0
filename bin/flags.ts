import { InvalidArgumentError } from "commander";
import { spokenTime } from "#lib/author/spoken-time.ts";
import type { SiteConfig } from "#lib/model/config.ts";
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

/** A time as it was said, as the format writes it. @throws with the remedy when it is none */
export function timeOf(said: string, config: SiteConfig): string {
  const time = spokenTime(said, config.timezone, Date.now());
  if ("at" in time) return time.at;
  throw Object.assign(new Error(`${time.fault.message} ${time.fault.remedy}`), { code: "BAD_TIME" });
}
