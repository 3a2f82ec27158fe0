import { currentIds } from "#lib/model/component-ids.ts";
import type { Interest } from "#lib/model/subscription.ts";
import type { Subscription } from "#lib/store/subscriptions.ts";
import { unknownComponent } from "./enter.ts";
import { fitting, readTiming, type TimingText, timingText } from "./forms/timing-text.ts";
import { findSubscribers, type Roster } from "./roster.ts";

/** What is to be different; what is absent stays as it is. */
export interface Change extends TimingText {
  readonly components?: readonly string[] | undefined;
  readonly topics?: Interest["topics"] | undefined;
  readonly leastImpact?: Interest["leastImpact"] | undefined;
}

/** What one subscription asked for, and asks for now. */
export interface Changed {
  readonly id: string;
  /** One line for each thing that is different: “every: 0 → 30”. */
  readonly differences: readonly string[];
}

interface Refused {
  readonly message: string;
  readonly remedy: string;
}

/** Changes everything of an id or an address that is not over. With `dryRun` it is only said what would be different. */
export async function changeAll(
  roster: Roster,
  idOrAddress: string,
  change: Change,
  { now, dryRun }: { readonly now: number; readonly dryRun: boolean },
): Promise<readonly Changed[] | Refused> {
  const changed: Changed[] = [];
  for (const found of await findSubscribers(roster, idOrAddress)) {
    if (found.state === "ended") continue;
    const interest = changedInterest(roster, found, change);
    if ("message" in interest) return interest;
    changed.push(await keepChange(roster, found, interest, { now, dryRun }));
  }
  return changed;
}

/** Keeps what a subscription asks for now, if that is anything else. @returns what is different */
export async function keepChange(
  { store }: Pick<Roster, "store">,
  { id, interest: before }: Pick<Subscription, "id" | "interest">,
  interest: Interest,
  { now, dryRun }: { readonly now: number; readonly dryRun: boolean },
): Promise<Changed> {
  const [old, next] = [wordsOf(before), wordsOf(interest)];
  const differences = Object.keys(next)
    .filter((name) => old[name] !== next[name])
    .map((name) => `${name}: ${old[name]} → ${next[name]}`);
  if (differences.length > 0 && !dryRun) await store.change(id, interest, now);
  return { id, differences };
}

function changedInterest(roster: Roster, { channel, interest }: Subscription, change: Change): Interest | Refused {
  const { components, leastImpact, topics, ...timing } = change;
  const unknown = unknownComponent(roster, components ?? []);
  if (unknown) return unknown;
  const wanted = Object.fromEntries(Object.entries(timing).filter(([, value]) => value !== undefined));
  const read = readTiming({ ...timingText(interest), ...wanted });
  if ("field" in read) return read;
  return fitting(channel, {
    components: currentIds(roster.config, components ?? interest.components),
    topics: topics ?? interest.topics,
    leastImpact: leastImpact ?? interest.leastImpact,
    ...read,
  });
}

/** What somebody asked for, in the words of files and flags. */
export function wordsOf(interest: Interest): Readonly<Record<string, string>> {
  const { components, leastImpact, topics } = interest;
  return {
    components: components.length === 0 ? "all" : components.toSorted().join(";"),
    topics: topics.join(";"),
    least_impact: leastImpact,
    ...timingText(interest),
  };
}

export { readTiming };
