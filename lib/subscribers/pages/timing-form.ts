import type { Element } from "hast";
import { h } from "hastscript";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { RULES } from "#lib/model/telling-rules.ts";
import { faultOf, tick } from "./fields.ts";
import type { Fault } from "./interest.ts";
import { clockText } from "./timing-fields.ts";

const PACES = [0, 15, 30, 60, 120, 240] as const;

/** How often and when somebody is told. For a webhook only how much: a program has no nights. */
export function timingFields(
  config: SiteConfig,
  channel: ChannelName,
  interest: Interest,
  faults: readonly Fault[],
): Element[] {
  const isProgram = channel === "webhook";
  const isOpen = isChosen(interest) || faults.some(({ field }) => field === "quiet" || field === "zone");
  return [
    h("details.more", { open: isOpen }, [
      h("summary", "How often, and when"),
      h("div.form", [
        choice("detail", "How much of each", [
          ["all", "Everything that is said", !interest.isEndsOnly],
          ["ends", "Beginning and end only", interest.isEndsOnly === true],
        ]),
        ...(isProgram ? [] : personFields(config, interest, faults)),
        rulesTable(),
      ]),
    ]),
  ];
}

function personFields(config: SiteConfig, interest: Interest, faults: readonly Fault[]): Element[] {
  const { everyMinutes = 0, isWeekly = false, quiet } = interest;
  const paces = [...new Set([...PACES, everyMinutes])].sort((a, b) => a - b);
  return [
    choice(
      "every",
      "While an incident lasts",
      paces.map((each) => [String(each), paceWords(each), each === everyMinutes]),
    ),
    h("fieldset.field", [
      h("legend", "Quiet hours"),
      h("p.hint", "What is not critical waits until they are over. Leave both empty for none."),
      ...faultOf(faults, "quiet"),
      h("div.from-to", [time("quiet_from", "From", quiet?.from), time("quiet_to", "To", quiet?.to)]),
    ]),
    h("fieldset.field", [
      h("legend", "Maintenance"),
      tick("maintenance", "weekly", "Once a week, on Monday morning, what is planned", isWeekly),
    ]),
    zoneField(config, interest, faults),
  ];
}

function zoneField({ timezone }: SiteConfig, { zone = "" }: Interest, faults: readonly Fault[]): Element {
  const zones = Intl.supportedValuesOf("timeZone");
  const all = zone === "" || zones.includes(zone) ? zones : [zone, ...zones];
  return h("div.field", [
    h("label", { htmlFor: "zone" }, "Time zone"),
    h("p.hint", "Of times in messages, and of quiet hours."),
    ...faultOf(faults, "zone"),
    h("select", { id: "zone", name: "zone" }, [
      h("option", { value: "" }, `As on this site (${timezone})`),
      ...all.map((each) => h("option", { value: each, selected: each === zone }, each.replaceAll("_", " "))),
    ]),
  ]);
}

function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string, words: string, selected: boolean])[],
): Element {
  return h("div.field", [
    h("label", { htmlFor: name }, label),
    h(
      "select",
      { id: name, name },
      options.map(([value, words, selected]) => h("option", { value, selected }, words)),
    ),
  ]);
}

function time(name: string, label: string, minute: number | undefined): Element {
  return h("label", [
    h("span", label),
    h("input", { type: "time", name, value: minute === undefined ? "" : clockText(minute) }),
  ]);
}

function rulesTable(): Element {
  return h("details.rules", [
    h("summary", "What exactly is told"),
    h(
      "dl",
      RULES.flatMap(({ choice, effect }) => [h("dt", choice), h("dd", effect)]),
    ),
  ]);
}

function isChosen({ everyMinutes, isEndsOnly, isWeekly, quiet, zone }: Interest): boolean {
  return Boolean(everyMinutes ?? isEndsOnly ?? isWeekly ?? quiet ?? zone);
}

function paceWords(minutes: number): string {
  if (minutes === 0) return "Each update at once";
  if (minutes % 60 !== 0) return `One message in ${minutes} minutes at most`;
  return minutes === 60 ? "One message an hour at most" : `One message in ${minutes / 60} hours at most`;
}

/** What somebody chose, in plain words: one sentence each. */
export function chosenInWords(config: SiteConfig, channel: ChannelName, interest: Interest): string[] {
  const {
    components,
    everyMinutes,
    isEndsOnly,
    isWeekly,
    leastImpact,
    quiet,
    topics,
    zone = config.timezone,
  } = interest;
  const named = zone.replaceAll("_", " ");
  const names = components.map((id) => config.components.find((each) => each.id === id)?.name ?? id);
  const kinds = topics.join(", ").replace(/, (?=[^,]*$)/, " and ");
  return [
    `You are told of ${kinds}${names.length > 0 ? ` that affect ${names.join(", ")}` : ""}.`,
    ...(leastImpact === "none" ? [] : [`Incidents below ${leastImpact} impact are left out.`]),
    ...(isEndsOnly ? ["Of each you hear when it begins and when it ends."] : []),
    ...(everyMinutes
      ? [`While an incident lasts you get one message in ${everyMinutes} minutes at most, and its end at once.`]
      : []),
    ...(quiet
      ? [`From ${clockText(quiet.from)} to ${clockText(quiet.to)} (${named}) only what is critical is sent.`]
      : []),
    ...(isWeekly ? ["Planned maintenance comes on Monday morning, and earlier only when it cannot wait."] : []),
    ...(channel === "webhook" ? [] : [`Times are written in the zone ${named}.`]),
  ];
}
