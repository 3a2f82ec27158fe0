import type { SiteConfig } from "#lib/model/config.ts";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import { type Interest, TOPICS } from "#lib/model/subscription.ts";

/** What somebody who says nothing is told: everything. */
export const EVERYTHING: Interest = { components: [], topics: TOPICS, leastImpact: "none" };

/** What is wrong with a form, at which of its fields. */
export interface Fault {
  readonly field: "address" | "contact" | "topics" | "components";
  readonly message: string;
  readonly remedy: string;
}

/** What a form asks to be told of, as far as the site has it. */
export function readInterest(
  form: URLSearchParams,
  config: SiteConfig,
): { readonly interest: Interest; readonly faults: readonly Fault[] } {
  const asked = new Set(form.getAll("component"));
  const components = config.components.map(({ id }) => id).filter((id) => asked.has(id));
  const topics = TOPICS.filter((topic) => form.getAll("topic").includes(topic));
  const impact = form.get("impact") ?? "none";
  const leastImpact = (IMPACTS as readonly string[]).includes(impact) ? (impact as Impact) : "none";
  const faults: Fault[] = [];
  if (topics.length === 0) {
    faults.push({ field: "topics", message: "No kind of news is chosen.", remedy: "Tick at least one." });
  }
  if (asked.size > 0 && components.length === 0) {
    // None ticked means all, which is not what was asked for.
    const message = "The parts that were chosen are no longer on this site.";
    faults.push({ field: "components", message, remedy: "Choose again." });
  }
  return { interest: { components, topics, leastImpact }, faults };
}
