import type { Component } from "#lib/model/config.ts";
import { type Choice, chosen, chosenSome, isTerminal } from "./ask.ts";
import { type Effects, HURTS } from "./flags.ts";

const MEANINGS: Readonly<Record<(typeof HURTS)[number], string>> = {
  degraded_performance: "it works, but slowly or not always",
  partial_outage: "it does not work for some, or in part",
  major_outage: "it does not work",
};

/** Asks the person at the terminal what is affected, and how badly; where there is nobody to ask, nothing is. */
export async function affected(components: readonly Component[]): Promise<Effects> {
  if (!isTerminal() || components.length === 0) return {};
  const named = components.map(({ id, name, group }) => ({
    value: id,
    label: name,
    ...(group ? { hint: group } : {}),
  }));
  const effects: Record<string, Effects[string]> = {};
  for (const id of await chosenSome("What is affected?", named)) {
    const label = named.find(({ value }) => value === id)?.label ?? id;
    const choices = HURTS.map((value): Choice<Effects[string]> => ({ value, hint: MEANINGS[value] }));
    effects[id] = await chosen(undefined, "--component", `How badly is ${label} affected?`, choices);
  }
  return effects;
}
