import type { Effect } from "#lib/model/incident.ts";

/** A colour for each state that stands out on white and under white letters alike (WCAG 2.2, contrast of 4.5 and more). */
export const EFFECT_COLOURS = {
  operational: "#1b7a47",
  under_maintenance: "#2b5fb8",
  degraded_performance: "#8a6100",
  partial_outage: "#b34f0e",
  major_outage: "#b9251d",
} as const satisfies Record<Effect, string>;
