import { makeBadge } from "badge-maker";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { ComponentHistory, Site } from "#lib/model/site.ts";
import { EFFECT_COLOURS } from "./colours.ts";
import { headline } from "./words.ts";

export const BADGE_STYLES = ["flat", "plastic", "for-the-badge"] as const;
export type BadgeStyle = (typeof BADGE_STYLES)[number];

/** `/badge.svg`: the state of the whole. It says in words what it shows, to those who do not see it as well. */
export function siteBadge(site: Site, style: BadgeStyle): string {
  return badge(site.config.name, headline(site), site.state, style);
}

/** `/components/<id>/badge.svg` */
export function componentBadge({ name, effect }: ComponentHistory, style: BadgeStyle, locale: string): string {
  return badge(name, messagesIn(locale).effect[effect], effect, style);
}

function badge(label: string, message: string, effect: Effect, style: BadgeStyle): string {
  return makeBadge({ label, message: message.toLowerCase(), color: EFFECT_COLOURS[effect], labelColor: "#444", style });
}
