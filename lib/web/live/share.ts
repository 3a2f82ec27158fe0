import type { LiveEvent } from "#lib/model/live.ts";

/**
 * What somebody gets of an event who asked for some components (for all, when that is empty): the whole of it, but of
 * its components only those. Nothing else of the site's components is named in it.
 */
export function shareOf({ data }: LiveEvent, asked: readonly string[]): string {
  if (!data.components || asked.length === 0) return JSON.stringify(data);
  return JSON.stringify({ ...data, components: data.components.filter(({ id }) => asked.includes(id)) });
}
