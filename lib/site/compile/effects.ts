import { effectOfImpact } from "#lib/model/impact.ts";
import type { Effect, Entry } from "#lib/model/incident.ts";
import { earliest, latest, type When } from "#lib/model/time.ts";

/** The effects an entry begins with. */
export function initialEffects(entry: Entry): Map<string, Effect> {
  const usual: Effect = entry.scheduled ? "under_maintenance" : effectOfImpact(entry.impact ?? "none");
  return new Map(Object.entries(entry.components).map(([id, effect]) => [id, effect ?? usual]));
}

/** One component under one effect for a while. */
export interface Stretch {
  readonly component: string;
  readonly effect: Effect;
  readonly slug: string;
  /** The time it certainly lasted, in milliseconds since the epoch; `from` ≥ `to` when none is certain. */
  readonly certain: { readonly from: number; readonly to: number };
  /** The time it can have lasted. Differs from `certain` where only dates are known. */
  readonly possible: { readonly from: number; readonly to: number };
}

/** A change of one component's effect at a time. */
export interface Turn {
  readonly at: When;
  readonly component: string;
  readonly effect: Effect;
}

/** The stretches between the turns of each component, given in order of time. What has not ended lasts until `now`. */
export function stretches(slug: string, turns: ReadonlyMap<string, readonly Turn[]>, now: number): Stretch[] {
  const found: Stretch[] = [];
  for (const [component, own] of turns) {
    for (const [index, { at, effect }] of own.entries()) {
      const next = own[index + 1]?.at;
      if (effect === "operational" || earliest(at) > now) continue;
      const to = next && earliest(next) <= now ? next : undefined;
      found.push({
        component,
        effect,
        slug,
        certain: { from: certainBy(at), to: to ? earliest(to) : now },
        possible: { from: earliest(at), to: to ? latest(to) : now },
      });
    }
  }
  return found;
}

/** The moment by which something has certainly happened: of a date, the end. */
function certainBy(when: When): number {
  const point = when.kind === "span" ? when.to : when;
  return point.kind === "day" ? point.endsAt : point.at;
}
