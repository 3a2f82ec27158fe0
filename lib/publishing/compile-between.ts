import { setImmediate as turn } from "node:timers/promises";
import type { Content, Site } from "#lib/model/site.ts";
import { type Compilation, compileInSteps } from "#lib/site/compile/compile.ts";

/** Compiles while requests are answered in between; of an `earlier` compilation only what differs. */
export async function compileBetween(content: Content, now: number, earlier?: Compilation): Promise<Compilation> {
  const steps = compileInSteps(content, now, earlier);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await turn();
  }
}

/** What readers see, if they see anything, and what they would see. */
export interface Sites {
  readonly before?: Site;
  readonly after: Site;
}

/** Both as they are at `now`, in milliseconds since the epoch. */
export async function sitesOf(before: Content | undefined, after: Content, now: number): Promise<Sites> {
  const seen = before && (await compileBetween(before, now));
  const next = await compileBetween(after, now, seen);
  return { after: next.site, ...(seen ? { before: seen.site } : {}) };
}
