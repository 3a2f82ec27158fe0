import type { Component, SiteConfig } from "./config.ts";

/** The component that has an id, or had it before. */
export function componentOf({ components }: Pick<SiteConfig, "components">, id: string): Component | undefined {
  return components.find((one) => one.id === id) ?? components.find(({ former }) => former?.includes(id));
}

/** Ids as they are now: former ones are those of the component that had them, and what is gone keeps its own. */
export function currentIds(config: Pick<SiteConfig, "components">, ids: readonly string[]): readonly string[] {
  return [...new Set(ids.map((id) => componentOf(config, id)?.id ?? id))];
}

/** Ids with all others that the same components have or had: whoever chose one of them is concerned. */
export function everyId(config: Pick<SiteConfig, "components">, ids: readonly string[]): readonly string[] {
  const all = ids.flatMap((id) => {
    const found = componentOf(config, id);
    return found ? [id, found.id, ...(found.former ?? [])] : [id];
  });
  return [...new Set(all)];
}

/** Of some ids, those of components that the site has, each by its present id, in the site's order. */
export function knownComponents(config: SiteConfig, ids: readonly string[]): readonly string[] {
  const asked = new Set(currentIds(config, ids));
  return config.components.map(({ id }) => id).filter((id) => asked.has(id));
}
