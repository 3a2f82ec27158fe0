import type { Element } from "hast";
import { h } from "hastscript";
import type { SiteConfig } from "#lib/model/config.ts";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import { EFFECT_WORDS, IMPACT_WORDS, STATUS_WORDS } from "#lib/site/views/words.ts";
import { choice, type Typed, textArea, textField, tick } from "./fields.ts";

const MESSAGE = {
  name: "message",
  label: "What customers read",
  hint: "Markdown. What is wrong, for whom, and when you will say more.",
};
const AT = { name: "at", label: "When", hint: "now, 10 minutes ago, 14:05, or a time with its offset" };

const NEXT_UPDATE = {
  name: "nextUpdate",
  label: "Next update by",
  hint: "30m, 18:30, or a time with its offset: customers read it first of all",
};
const EXPECTED_END = {
  name: "expectedEnd",
  label: "Expected end",
  hint: "2h, 20:00, or a time with its offset: shown as an estimate",
};

/** The fields of a new incident. */
export function declarationFields(config: SiteConfig, typed: Typed): Element[] {
  return [
    textField({ name: "title", label: "Title", hint: "One line in a customer's words" }, typed),
    textArea(MESSAGE, typed),
    effectFields(config, typed, "Not affected"),
    textField(NEXT_UPDATE, typed, false),
    h("details.field", { open: SELDOM.some((name) => (typed[name] ?? "") !== "") }, [
      h("summary", "Impact, status, times, draft"),
      ...seldomFields(typed),
    ]),
  ];
}

/** What a first report at night seldom needs; folded until something of it was typed. */
const SELDOM = ["expectedEnd", "impact", "status", "at", "started", "draft"];

function seldomFields(typed: Typed): Element[] {
  return [
    textField(EXPECTED_END, typed, false),
    choice(
      { name: "impact", label: "Impact" },
      [["", "As the components say"], ...IMPACTS.map((impact) => [impact, IMPACT_WORDS[impact]] as const)],
      typed,
    ),
    choice(
      { name: "status", label: "Status" },
      INCIDENT_STATUSES.map((each) => [each, STATUS_WORDS[each]] as const),
      typed,
    ),
    textField(AT, typed, false),
    textField(
      { name: "started", label: "Began", hint: "If that is known; left out, it is the time above" },
      typed,
      false,
    ),
    tick(
      {
        name: "draft",
        label: "Keep it a draft",
        hint: "Publishing leaves a draft out until you remove the draft mark.",
      },
      typed,
    ),
  ];
}

/** The fields of a new maintenance. */
export function planFields(config: SiteConfig, typed: Typed): Element[] {
  return [
    textField({ name: "title", label: "Title", hint: "One line in a customer's words" }, typed),
    textArea({ ...MESSAGE, hint: "Markdown. What will be done, and what customers will notice." }, typed),
    textField({ name: "start", label: "Begins", hint: "tomorrow 22:00, or a time with its offset" }, typed),
    textField({ name: "end", label: "Ends" }, typed),
    h("fieldset.field", [
      h("legend", "Components"),
      ...config.components.map(({ id, name }) => tick({ name: `component.${id}`, label: name }, typed)),
    ]),
  ];
}

/** The fields of another window. */
export function moveFields(hasBegun: boolean, typed: Typed): Element[] {
  return [
    ...(hasBegun
      ? []
      : [
          textField(
            {
              name: "start",
              label: "New beginning",
              hint: "Friday 22:00, or a time with its offset; left out, only the end moves",
            },
            typed,
            false,
          ),
        ]),
    textField(
      {
        name: "end",
        label: "New end",
        hint: `${hasBegun ? "" : "Left out, it takes as long as before. "}+30m counts from ${hasBegun ? "the end that was planned" : "the new beginning or, without one, from the end that was planned"}; or 23:30, or a time with its offset`,
      },
      typed,
      hasBegun,
    ),
    textArea({ ...MESSAGE, hint: "Markdown. Why it moves, and what that means for customers." }, typed),
  ];
}

/** The field of a corrected text. */
export function correctionFields(typed: Typed): Element[] {
  return [
    textArea({ ...MESSAGE, hint: "Markdown. The text takes the place of the one above; time and status stay." }, typed),
  ];
}

/** The fields of an update of an incident or a maintenance. */
export function updateFields(config: SiteConfig, kind: "incident" | "maintenance", typed: Typed): Element[] {
  const statuses = kind === "incident" ? INCIDENT_STATUSES : MAINTENANCE_STATUSES;
  return [
    choice(
      { name: "status", label: "Status" },
      [...statuses, "update" as const].map(
        (status) => [status, status === "update" ? "As before" : STATUS_WORDS[status]] as const,
      ),
      typed,
    ),
    textArea(MESSAGE, typed),
    textField(NEXT_UPDATE, typed, false),
    textField(
      { ...EXPECTED_END, hint: `${EXPECTED_END.hint}; left out, it stays as it is; “none” takes it back` },
      typed,
      false,
    ),
    effectFields(config, typed, "As before"),
    textField(AT, typed, false),
  ];
}

function effectFields(config: SiteConfig, typed: Typed, unchanged: string): Element {
  const effects = EFFECTS.filter((effect) => effect !== "under_maintenance").map(
    (each) => [each, EFFECT_WORDS[each]] as const,
  );
  const isOpen =
    config.components.some(({ id }) => (typed[`effect.${id}`] ?? "") !== "") || unchanged === "Not affected";
  return h("details.field", { open: isOpen }, [
    h("summary", "Components"),
    ...config.components.map(({ id, name }) =>
      choice({ name: `effect.${id}`, label: name }, [["", unchanged], ...effects], typed),
    ),
  ]);
}
