import { messagesIn } from "#lib/messages/messages.ts";
import { currentIds } from "#lib/model/component-ids.ts";
import type { Component, SiteConfig } from "#lib/model/config.ts";
import { IMPACTS } from "#lib/model/incident.ts";
import { type Interest, TOPICS } from "#lib/model/subscription.ts";
import { type Fault, goneComponents } from "#lib/subscribers/forms/interest.ts";
import { Choice, Tick } from "../form/form.tsx";

export interface InterestProps {
  readonly config: SiteConfig;
  readonly interest: Interest;
  readonly faults: readonly Fault[];
}

/** What one wants to be told of: parts of the product, kinds of news, least impact. */
export function InterestFields({ config, interest, faults }: InterestProps) {
  const { choice } = messagesIn(config.locale);
  return (
    <>
      <ComponentFields config={config} interest={interest} faults={faults} />
      <fieldset className="field">
        <legend>{choice.topics}</legend>
        <FieldFault faults={faults} field="topics" />
        {TOPICS.map((topic) => (
          <Tick
            key={topic}
            name="topic"
            value={topic}
            label={choice.topic[topic]}
            checked={interest.topics.includes(topic)}
          />
        ))}
      </fieldset>
      <Choice
        name="impact"
        label={choice.impact}
        options={IMPACTS.map((impact) => [impact, choice.least[impact]])}
        chosen={interest.leastImpact}
      />
    </>
  );
}

function ComponentFields({ config, interest, faults }: InterestProps) {
  const { components, locale } = config;
  const { choice } = messagesIn(locale);
  const chosen = currentIds(config, interest.components);
  if (components.length < 2 && chosen.length === 0) return null;
  const groups = Map.groupBy(components, ({ group }) => group ?? "");
  return (
    <fieldset className="field">
      <legend>{choice.parts}</legend>
      <p className="hint">{choice.partsHint}</p>
      <FieldFault faults={faults} field="components" />
      {[...groups].map(([group, parts]) => (
        <Group key={group} name={group} parts={parts} chosen={chosen} />
      ))}
      {goneComponents(config, interest).map((id) => (
        <Tick key={id} name="component" value={id} label={choice.gonePart({ id })} checked />
      ))}
    </fieldset>
  );
}

interface GroupProps {
  /** Empty for components that are in no group. */
  readonly name: string;
  readonly parts: readonly Component[];
  readonly chosen: readonly string[];
}

function Group({ name: group, parts, chosen }: GroupProps) {
  const ticks = parts.map(({ id, name }) => (
    <Tick key={id} name="component" value={id} label={name} checked={chosen.includes(id)} />
  ));
  if (group === "") return ticks;
  return (
    <fieldset className="field group-of-ticks">
      <legend>{group}</legend>
      {ticks}
    </fieldset>
  );
}

/** What is wrong with a field, said at the field. */
export function FieldFault({ faults, field }: Pick<InterestProps, "faults"> & Pick<Fault, "field">) {
  return faults
    .filter((fault) => fault.field === field)
    .map(({ text }) => (
      <p key={field} className="fault" id={`${field}-fault`} role="alert">
        {text}
      </p>
    ));
}
