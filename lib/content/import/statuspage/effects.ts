import { EFFECTS, type Effect } from "#lib/model/incident.ts";
import type { NewEntry } from "../entry-file.ts";
import { type Mapping, mappingsOf, textOf } from "../front/value.ts";
import type { Note } from "../imported.ts";
import { codeOf, type PageComponents } from "./components.ts";

/** What an incident does to components: which it lists, and the effects that each update states, oldest first. */
export interface Course {
  readonly listed: NewEntry["components"];
  readonly effects: readonly (Readonly<Record<string, Effect>> | undefined)[];
}

const OPEN = new Set(["investigating", "identified", "monitoring", "scheduled", "in_progress", "verifying"]);

/** @param updates oldest first */
export function readEffects(
  incident: Mapping,
  updates: readonly Mapping[],
  components: PageComponents,
  note: Note,
): Course {
  const state = new Map<string, Effect>();
  const otherwise = new Set<string>();
  const renamed = new Set<string>();
  const effects = updates.map((update) => {
    const stated: Record<string, Effect> = {};
    for (const affected of mappingsOf(update["affected_components"])) {
      const component = components.of(codeOf(affected));
      const written = textOf(affected["new_status"]) || textOf(affected["status"]);
      const effect = EFFECTS.find((each) => each === written);
      if (!component) continue;
      if (!effect) {
        note(`${component.name}: ${written || "no state"}`, "it is no state of a component; left out");
        continue;
      }
      const before = textOf(affected["old_status"]);
      if (before !== "" && before !== (state.get(component.id) ?? "operational"))
        otherwise.add(`${component.name} (${before})`);
      const name = textOf(affected["name"]);
      if (name !== "" && name !== component.name && !name.endsWith(` - ${component.name}`))
        renamed.add(`“${name}” (now “${component.name}”)`);
      state.set(component.id, effect);
      stated[component.id] = effect;
    }
    return Object.keys(stated).length > 0 ? stated : undefined;
  });
  if (otherwise.size > 0)
    note(`old_status of ${[...otherwise].join(", ")}`, "in Candor a state lasts until the next update that changes it");
  if (renamed.size > 0) note([...renamed].join(", "), "the component's name of then; its name of now was taken");
  if (!OPEN.has(textOf(incident["status"]))) noteStillAffected(state, components, note);
  const listed = mappingsOf(incident["components"]).flatMap((each) => components.of(codeOf(each))?.id ?? []);
  return { listed: [...new Set(listed)].filter((id) => !state.has(id)), effects };
}

function noteStillAffected(state: ReadonlyMap<string, Effect>, components: PageComponents, note: Note): void {
  const left = [...state].filter(([, effect]) => effect !== "operational");
  const names = new Map(components.all.map(({ id, name }) => [id, name]));
  if (left.length === 0) return;
  const said = left.map(([id, effect]) => `${names.get(id) ?? id} (${effect})`).join(", ");
  note(`the last state of ${said}`, "once the incident is over, its effects are over in Candor");
}
