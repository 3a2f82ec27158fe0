import type { Effect, Impact } from "./incident.ts";
import type { Incident } from "./site.ts";

/** How impacts and effects correspond: each says in one word how badly customers are hurt, as a whole or by one component. */

const EFFECT_OF_IMPACT = {
  none: "operational",
  minor: "degraded_performance",
  major: "partial_outage",
  critical: "major_outage",
} as const satisfies Record<Impact, Effect>;

const IMPACT_OF_EFFECT = {
  operational: "none",
  under_maintenance: "none",
  degraded_performance: "minor",
  partial_outage: "major",
  major_outage: "critical",
} as const satisfies Record<Effect, Impact>;

/** The effect an impact amounts to: for the whole, and for a component that is listed without an effect of its own. */
export function effectOfImpact(impact: Impact): Effect {
  return EFFECT_OF_IMPACT[impact];
}

/** The impact that an effect on a component amounts to. */
export function impactOfEffect(effect: Effect): Impact {
  return IMPACT_OF_EFFECT[effect];
}

/** The impact to reckon with. Where nobody stated one it is at least minor: an incident is never taken for all well. */
export function assumedImpact({ impact, isImpactStated }: Pick<Incident, "impact" | "isImpactStated">): Impact {
  return isImpactStated ? impact : "minor";
}
