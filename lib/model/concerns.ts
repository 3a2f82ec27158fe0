import { IMPACTS } from "./incident.ts";
import type { Audience, Interest } from "./subscription.ts";

/**
 * Whether somebody asked to be told of this. The plain rule, on its own: recipients are found by a query of the store,
 * and each of them is held against this before a seal is closed and again before a message leaves.
 */
export function concerns(audience: Audience, interest: Interest): boolean {
  const { topic, components, impact, isBetween, isProgress } = audience;
  if (!interest.topics.includes(topic)) return false;
  if (isBetween && interest.isEndsOnly) return false;
  if (isProgress && interest.isWeekly) return false;
  if (impact && IMPACTS.indexOf(impact) < IMPACTS.indexOf(interest.leastImpact)) return false;
  if (interest.components.length === 0 || components.length === 0) return true;
  return components.some((id) => interest.components.includes(id));
}
