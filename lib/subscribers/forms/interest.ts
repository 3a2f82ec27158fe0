import { messagesIn } from "#lib/messages/messages.ts";
import { componentOf, currentIds } from "#lib/model/component-ids.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import { type ChannelName, type Interest, TOPICS } from "#lib/model/subscription.ts";
import { fitting, readTiming } from "./timing-text.ts";

/** What somebody who says nothing is told: everything. */
export const EVERYTHING: Interest = { components: [], topics: TOPICS, leastImpact: "none" };

/** Components that were chosen and are on the site no more, under any id: without them “only this” would be everything. */
export function goneComponents(config: SiteConfig, { components }: Interest): readonly string[] {
  return components.filter((id) => componentOf(config, id) === undefined);
}

/** What is wrong with a form, at which of its fields. */
export interface Fault {
  readonly field: "address" | "contact" | "topics" | "components" | "quiet" | "zone";
  /** What is wrong and what to do, in the language of the site. */
  readonly text: string;
}

/**
 * What a form asks to be told of, as far as the site has it.
 * @param present what is asked for already: of that, components that are gone may stay chosen
 */
export function readInterest(
  form: URLSearchParams,
  config: SiteConfig,
  channel: ChannelName,
  present: Interest = EVERYTHING,
): { readonly interest: Interest; readonly faults: readonly Fault[] } {
  const asked = new Set(currentIds(config, form.getAll("component")));
  const choices = [...config.components.map(({ id }) => id), ...goneComponents(config, present)];
  const components = choices.filter((id) => asked.has(id));
  const topics = TOPICS.filter((topic) => form.getAll("topic").includes(topic));
  const impact = form.get("impact") ?? "none";
  const leastImpact = (IMPACTS as readonly string[]).includes(impact) ? (impact as Impact) : "none";
  const { fault: t } = messagesIn(config.locale);
  const faults: Fault[] = [];
  if (topics.length === 0) {
    faults.push({ field: "topics", text: t.topics });
  }
  if (asked.size > 0 && components.length === 0) {
    // None ticked means all, which is not what was asked for.
    faults.push({ field: "components", text: t.components });
  }
  const [from, to] = [form.get("quiet_from") ?? "", form.get("quiet_to") ?? ""];
  const text = {
    detail: form.get("detail") ?? "",
    every: form.get("every") ?? "",
    quiet: from === "" && to === "" ? "none" : `${from}-${to}`,
    maintenance: form.get("maintenance") ?? "",
    zone: form.get("zone") ?? "",
  };
  const timing = readTiming(text);
  const plain = { components, topics, leastImpact };
  if (!("field" in timing)) return { interest: fitting(channel, { ...plain, ...timing }), faults };
  const field = timing.field === "quiet" ? "quiet" : "zone";
  // The rest of what was chosen is shown again.
  const rest = readTiming({ ...text, [timing.field]: "" });
  const interest = fitting(channel, { ...plain, ...("field" in rest ? {} : rest) });
  return { interest, faults: [...faults, { field, text: t[field]({ text: text[field].slice(0, 40) }) }] };
}
