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
  const effects: Record<string, Effects[string]> = {};
  for (const id of await componentIds("What is affected?", components)) {
    const label = components.find((each) => each.id === id)?.name ?? id;
    const choices = HURTS.map((value): Choice<Effects[string]> => ({ value, hint: MEANINGS[value] }));
    effects[id] = await chosen(undefined, "--component", `How badly is ${label} affected?`, choices);
  }
  return effects;
}

/** Asks the person at the terminal for components; where there is nobody to ask, there are none. */
export async function componentIds(question: string, components: readonly Component[]): Promise<readonly string[]> {
  if (!isTerminal() || components.length === 0) return [];
  const named = components.map(({ id, name, group }) => ({
    value: id,
    label: name,
    ...(group ? { hint: group } : {}),
  }));
  return await chosenSome(`${question} (none is an answer too)`, named);
}
