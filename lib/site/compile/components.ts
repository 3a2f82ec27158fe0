import type { SiteConfig } from "#lib/model/config.ts";
import { worst } from "#lib/model/course.ts";
import type { ComponentHistory, Event, Group } from "#lib/model/site.ts";
import { freeze } from "./freeze.ts";
import type { Pasts } from "./past.ts";

/** The components in their groups, each with its state now and its past. */
export function compileGroups(config: SiteConfig, events: readonly Event[], pasts: Pasts): Group[] {
  // Not by sorting: an array's sort puts what is undefined last, whatever it is told.
  const [named, bare] = [
    config.components.filter(({ group }) => group),
    config.components.filter(({ group }) => !group),
  ];
  const names = [...new Set([...bare, ...named].map(({ group }) => group))];
  const current = Map.groupBy(
    events.flatMap(({ effects }) => effects),
    ({ component }) => component,
  );
  return names.map((name) => {
    const components = config.components
      .filter(({ group }) => group === name)
      .flatMap((component): ComponentHistory[] => {
        const effect = worst((current.get(component.id) ?? []).map((each) => each.current));
        const past = pasts.get(component.id);
        return past ? [freeze({ ...component, effect, ...past.figures })] : [];
      });
    return { ...(name === undefined ? {} : { name }), components };
  });
}
