import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { clockText } from "./timing-text.ts";

/** What somebody chose, in plain words: one sentence each. */
export function chosenInWords(config: SiteConfig, channel: ChannelName, interest: Interest): string[] {
  const { components, everyMinutes, isEndsOnly, isWeekly, leastImpact, quiet } = interest;
  const { own } = messagesIn(config.locale);
  const list = new Intl.ListFormat(languageIn(config.locale), { type: "conjunction" });
  const zone = (interest.zone ?? config.timezone).replaceAll("_", " ");
  const names = components.map((id) => config.components.find((each) => each.id === id)?.name ?? id);
  const topics = list.format(interest.topics.map((topic) => own.topic[topic]));
  return [
    names.length === 0 ? own.topics({ topics }) : own.topicsOf({ topics, components: list.format(names) }),
    ...(leastImpact === "none" ? [] : [own.least[leastImpact]]),
    ...(isEndsOnly ? [own.endsOnly] : []),
    ...(everyMinutes ? [own.every({ minutes: everyMinutes })] : []),
    ...(quiet ? [own.quiet({ from: clockText(quiet.from), to: clockText(quiet.to), zone })] : []),
    ...(isWeekly ? [own.weekly] : []),
    ...(channel === "webhook" ? [] : [own.zone({ zone })]),
  ];
}
