import type { System } from "../components.ts";
import { type Mapping, mappingsOf, textOf } from "../front/value.ts";
import type { Note } from "../imported.ts";

/** What a system can say that a component cannot. */
const LOST = {
  hide: "components cannot be hidden; shown like any other",
  link: "components have no link; left out",
  partial: "components have no HTML of their own; left out",
} as const;

/** The systems in the order in which the old site shows them: category by category. */
export function readSystems(params: Mapping, note: Note): System[] {
  const categories = mappingsOf(params["categories"]);
  const systems = mappingsOf(params["systems"]).filter((system) => textOf(system["name"]) !== "");
  noteLost(categories, systems, note);
  const order = categories.map((category) => textOf(category["name"]));
  const untitled = new Set(categories.filter(isUntitled).map((category) => textOf(category["name"])));
  const rank = (system: Mapping) => {
    const at = order.indexOf(textOf(system["category"]));
    return at === -1 ? order.length : at;
  };
  return systems
    .toSorted((a, b) => rank(a) - rank(b))
    .map((system) => {
      const category = textOf(system["category"]);
      const description = textOf(system["description"]);
      return {
        name: textOf(system["name"]),
        ...(category === "" || untitled.has(category) ? {} : { group: category }),
        ...(description === "" ? {} : { description }),
      };
    });
}

/** A category whose name readers never see is no group. */
function isUntitled(category: Mapping): boolean {
  return textOf(category["untitled"]) === "true";
}

function noteLost(categories: readonly Mapping[], systems: readonly Mapping[], note: Note): void {
  const described = categories.filter((category) => textOf(category["description"]) !== "");
  const descriptions = described.map(({ name, description }) => `${textOf(name)}: ${textOf(description)}`);
  if (described.length > 0)
    note(`descriptions of categories (${descriptions.join("; ")})`, "groups have none; left out");
  for (const [key, reason] of Object.entries(LOST)) {
    const having = systems.filter((system) => !["", "false"].includes(textOf(system[key])));
    if (having.length > 0) note(`“${key}” of ${having.map((system) => textOf(system["name"])).join(", ")}`, reason);
  }
}
