import type { Element } from "hast";
import { h } from "hastscript";
import { currentIds } from "#lib/model/component-ids.ts";
import type { Component, SiteConfig } from "#lib/model/config.ts";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import { type Interest, TOPICS, type Topic } from "#lib/model/subscription.ts";
import { type Fault, goneComponents } from "./interest.ts";

const TOPIC_WORDS: Readonly<Record<Topic, string>> = {
  incidents: "Incidents",
  maintenance: "Maintenance",
  reports: "Reports on what happened and why",
};

const LEAST_WORDS: Readonly<Record<Impact, string>> = {
  none: "Every incident",
  minor: "Minor impact and worse",
  major: "Major impact and worse",
  critical: "Critical impact alone",
};

/** What one wants to be told of: parts of the product, kinds of news, least impact. */
export function interestFields(config: SiteConfig, interest: Interest, faults: readonly Fault[]): Element[] {
  return [
    ...componentFields(config, interest, faults),
    h("fieldset.field", [
      h("legend", "Notify me about"),
      ...faultOf(faults, "topics"),
      ...TOPICS.map((topic) => tick("topic", topic, TOPIC_WORDS[topic], interest.topics.includes(topic))),
    ]),
    h("div.field", [
      h("label", { htmlFor: "impact" }, "Which incidents"),
      h(
        "select",
        { id: "impact", name: "impact" },
        IMPACTS.map((impact) =>
          h("option", { value: impact, selected: impact === interest.leastImpact }, LEAST_WORDS[impact]),
        ),
      ),
    ]),
  ];
}

function componentFields(config: SiteConfig, chosen: Interest, faults: readonly Fault[]): Element[] {
  const { components } = config;
  const interest = { ...chosen, components: currentIds(config, chosen.components) };
  const gone = goneComponents(config, chosen);
  if (components.length < 2 && interest.components.length === 0) return [];
  const groups = Map.groupBy(components, ({ group }) => group ?? "");
  return [
    h("fieldset.field", [
      h("legend", "Which parts"),
      h("p.hint", "None ticked means all of them, and those to come."),
      ...faultOf(faults, "components"),
      ...[...groups].flatMap(([group, parts]) => groupFields(group, parts, interest)),
      ...gone.map((id) => tick("component", id, `${id} (no longer on this page)`, true)),
    ]),
  ];
}

function groupFields(group: string, parts: readonly Component[], { components }: Interest): Element[] {
  const ticks = parts.map(({ id, name }) => tick("component", id, name, components.includes(id)));
  if (group === "") return ticks;
  return [h("fieldset.field.group-of-ticks", [h("legend", group), ...ticks])];
}

export function tick(name: string, value: string, label: string, checked: boolean): Element {
  return h("label.tick", [h("input", { type: "checkbox", name, value, checked }), h("span", label)]);
}

/** What is wrong with a field, said at the field. */
export function faultOf(faults: readonly Fault[], field: Fault["field"]): Element[] {
  return faults
    .filter((fault) => fault.field === field)
    .map(({ message, remedy }) => h("p.fault", { id: `${field}-fault`, role: "alert" }, `${message} ${remedy}`));
}

/** A form with one button, for what is done by pressing it. */
export function deed(action: string, step: string, label: string, kind: "main" | "other" = "main"): Element {
  return h("form", { method: "post", action, className: ["deed"] }, [button(step, label, kind)]);
}

export function button(step: string, label: string, kind: "main" | "other" = "main"): Element {
  const className = kind === "main" ? ["press", "main"] : ["press"];
  return h("button", { type: "submit", name: "step", value: step, className }, label);
}
