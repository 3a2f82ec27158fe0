import { type Mapping, mappingsOf, textOf } from "../front/value.ts";
import type { Note } from "../imported.ts";
import { dayOf } from "../moment.ts";
import { shortened } from "../shortened.ts";
import type { NewComponent } from "../site-file.ts";
import { Slugs } from "../slug.ts";
import type { ComponentsAnswer, IncidentAnswer } from "./answers.ts";

/** What is known of a component under its old id. */
interface Known {
  readonly name: string;
  readonly group?: string;
  readonly description?: string;
  readonly since?: string;
}

/** The components of the page: those of its list, and those that only incidents name, under their old ids. */
export class PageComponents {
  readonly #made = new Map<string, NewComponent>();

  constructor(known: ReadonlyMap<string, Known>, note: Note) {
    const slugs = new Slugs(100);
    const names = new Set<string>();
    for (const [code, { name, group, description, since }] of known) {
      const own = shortened(name, 100, note);
      const wished = names.has(own) && group !== undefined ? `${group}-${own}` : own;
      names.add(own);
      this.#made.set(code, {
        id: slugs.take(wished, "component"),
        name: own,
        ...(group === undefined ? {} : { group: shortened(group, 100, note) }),
        ...(description === undefined ? {} : { description: shortened(description, 300, note) }),
        ...(since === undefined ? {} : { since }),
      });
    }
  }

  get all(): NewComponent[] {
    return [...this.#made.values()];
  }

  /** Each new id with the old one, where that is such a one as the API has. */
  get formerIds(): Record<string, string> {
    const had = [...this.#made].filter(([code]) => ID.test(code));
    return Object.fromEntries(had.map(([code, { id }]) => [id, code]));
  }

  /** The new component for an old id. */
  of(code: string): NewComponent | undefined {
    return this.#made.get(code);
  }
}

/** As the service makes them. */
export const ID = /^[a-z0-9]{12}$/;

/** The old id of each group by its name, which is all that it keeps here. */
export function groupIds(lists: readonly ComponentsAnswer[], components: PageComponents): Record<string, string> {
  const used = new Set(components.all.map(({ group }) => group));
  const ids = new Map<string, string>();
  for (const { components: all, note } of lists) {
    for (const group of all.filter(isGroup)) {
      const [id, name] = [codeOf(group), shortened(textOf(group["name"]), 100, () => undefined)];
      if (!used.has(name) || !ID.test(id) || ids.get(name) === id) continue;
      if (ids.has(name)) note(`the id ${id} of the group “${name}”`, "another group of that name keeps its own");
      else ids.set(name, id);
    }
  }
  return Object.fromEntries(ids);
}

/** The id of a component as an incident names it; where there is none, its name stands for it. */
export function codeOf(component: Mapping): string {
  return textOf(component["id"]) || textOf(component["code"]) || textOf(component["name"]);
}

/** Gathers the components: first the page's own list in its order, then what incidents name, newest incident first. */
export function gatherComponents(
  lists: readonly ComponentsAnswer[],
  incidents: readonly IncidentAnswer[],
): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const { components, note } of lists) {
    const before = components.filter((component) => known.has(codeOf(component))).length;
    if (before > 0) note(`${before} components`, "a newer list of them was taken");
    readList(
      components.filter((component) => !known.has(codeOf(component))),
      known,
      note,
    );
  }
  const groups = groupNames(incidents.flatMap(({ value }) => mappingsOf(value["components"])));
  const named = new Map<string, Mapping>();
  for (const component of incidents.flatMap(({ value }) => mappingsOf(value["components"]))) {
    const code = codeOf(component);
    if (!isGroup(component) && code !== "" && !known.has(code) && !named.has(code)) named.set(code, component);
  }
  const position = (component: Mapping) => Number(textOf(component["position"])) || 0;
  for (const [code, component] of [...named].sort(([, a], [, b]) => position(a) - position(b)))
    known.set(code, knownOf(component, groups));
  for (const { value } of incidents) {
    for (const affected of mappingsOf(value["incident_updates"]).flatMap((update) =>
      mappingsOf(update["affected_components"]),
    )) {
      const code = codeOf(affected);
      if (code !== "" && !known.has(code)) known.set(code, { name: textOf(affected["name"]) || code });
    }
  }
  return known;
}

function readList(components: readonly Mapping[], known: Map<string, Known>, note: Note): void {
  const groups = groupNames(components);
  const place = new Map(components.filter(isGroup).map((group) => [codeOf(group), Number(textOf(group["position"]))]));
  const rank = (component: Mapping) =>
    place.get(textOf(component["group_id"])) ?? Number(textOf(component["position"]));
  const singles = components.filter((component) => !isGroup(component) && codeOf(component) !== "");
  const inGroup = (component: Mapping) => Number(groups.has(textOf(component["group_id"])));
  const ordered = singles.toSorted(
    (a, b) =>
      (rank(a) || 0) - (rank(b) || 0) ||
      inGroup(a) - inGroup(b) ||
      (Number(textOf(a["position"])) || 0) - (Number(textOf(b["position"])) || 0),
  );
  for (const component of ordered) known.set(codeOf(component), knownOf(component, groups));
  noteLost(components, note);
}

function isGroup(component: Mapping): boolean {
  return textOf(component["group"]) === "true";
}

function groupNames(components: readonly Mapping[]): Map<string, string> {
  return new Map(components.filter(isGroup).map((group) => [codeOf(group), textOf(group["name"])]));
}

function knownOf(component: Mapping, groups: ReadonlyMap<string, string>): Known {
  const group = groups.get(textOf(component["group_id"]));
  const description = textOf(component["description"]);
  const since = /^\d{4}-\d{2}-\d{2}/.exec(textOf(component["start_date"]))?.[0];
  return {
    name: textOf(component["name"]) || codeOf(component),
    ...(group === undefined || group === "" ? {} : { group }),
    ...(description === "" ? {} : { description }),
    ...(since === undefined || Number.isNaN(dayOf(since, "UTC").from) ? {} : { since }),
  };
}

const READ = new Set(
  "id name status created_at updated_at position description showcase start_date group_id page_id group only_show_if_degraded components automation_email".split(
    " ",
  ),
);

/** Remarks what a list says that components of Candor do not have, each kind once. */
function noteLost(components: readonly Mapping[], note: Note): void {
  const having = (key: string, says: (text: string) => boolean) =>
    components.filter((each) => says(textOf(each[key]))).map((each) => textOf(each["name"]));
  const say = (what: string, names: readonly string[], reason: string) => {
    if (names.length > 0) note(`${what} of ${names.join(", ")}`, reason);
  };
  note(
    `created_at, updated_at and position of ${components.length} components`,
    "Candor tells when incidents touched a component, and shows them in the order of site.yaml",
  );
  const states = components.filter((each) => !isGroup(each) && !["", "operational"].includes(textOf(each["status"])));
  say(
    "the state",
    states.map((each) => `${textOf(each["name"])} (${textOf(each["status"])})`),
    "a state follows from an open incident in Candor; left out",
  );
  const described = components.filter((each) => isGroup(each) && textOf(each["description"]) !== "");
  say(
    "the description",
    described.map((each) => `${textOf(each["name"])} (${textOf(each["description"])})`),
    "groups have none; left out",
  );
  say(
    "only_show_if_degraded",
    having("only_show_if_degraded", (text) => text === "true"),
    "components are always shown",
  );
  say(
    "showcase: false",
    having("showcase", (text) => text === "false"),
    "every component shows its history",
  );
  const unknown = new Set(components.flatMap((each) => Object.keys(each).filter((key) => !READ.has(key))));
  say([...unknown].join(", "), unknown.size === 0 ? [] : ["components"], "nothing in Candor matches it; left out");
}
