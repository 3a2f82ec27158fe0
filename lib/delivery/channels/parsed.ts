import type { Rendering } from "#lib/model/delivery.ts";

const known = new WeakMap<Rendering, unknown>();

/** What a rendering's body says. It is the same for thousands of recipients and is read once: nobody may change it. */
export function parsed<T>(rendering: Rendering): Readonly<T> {
  const found = known.get(rendering) ?? JSON.parse(rendering.body);
  known.set(rendering, found);
  return found as T;
}
