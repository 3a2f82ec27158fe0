import { timeInWords } from "#lib/calendar/words.ts";
import { shorten } from "#lib/markdown/shorten.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { EFFECT_COLOURS } from "./colours.ts";
import { type AnyEvent, historyOf } from "./history.ts";
import { affectedComponents, effectOfEvent, headline, impactInWords, listInWords } from "./words.ts";

/** What the picture says that stands for a page where somebody shares its address. */
export interface Card {
  /** The site's. */
  readonly name: string;
  readonly locale: string;
  /** The site's host, for a name that the font cannot letter. */
  readonly host: string;
  readonly title: string;
  readonly state: string;
  readonly colour: string;
  readonly when: string;
}

/** The usual size of such pictures, in pixels. */
export const CARD_SIZE = { width: 1_200, height: 630 } as const;

/** A card as a page refers to it. */
export function cardAt(url: string, alt: string) {
  return { url, alt, ...CARD_SIZE };
}

/** How many of the newest events have a card of their own, besides those with a report: the others are hardly shared. */
const NEWEST = 20;

/** Where the card of an event's page is: its own, or the site's. */
export function cardPath(event: AnyEvent, site: Site): string {
  const isOwn = event.report !== undefined || !event.isOver || historyOf(site).events.slice(0, NEWEST).includes(event);
  return isOwn ? `/incidents/${event.slug}/card.png` : "/card.png";
}

/** As much of a title as fits in three lines, and of what is below it in one. */
const LONGEST_TITLE = 110;
const LONGEST_STATE = 44;

export function siteCard(site: Site): Card {
  const { name, description, url, locale } = site.config;
  const affected = affectedComponents(site).map((component) => shown(component.name));
  return {
    name: shown(name),
    locale,
    host: new URL(url).host,
    title: headline(site),
    state: shorten(
      affected.length > 0
        ? messagesIn(locale).home.affected({ components: listInWords(affected, locale) })
        : shown(description),
      LONGEST_STATE,
    ),
    colour: EFFECT_COLOURS[site.state],
    when: new URL(url).host,
  };
}

export function eventCard(event: AnyEvent, site: Site): Card {
  const t = messagesIn(site.config.locale);
  const state = t.card.event({ impact: impactInWords(event, t), status: t.status[event.status] });
  const title = shorten(shown(event.title), LONGEST_TITLE);
  return {
    name: shown(site.config.name),
    locale: site.config.locale,
    host: new URL(site.config.url).host,
    title: title || state,
    state: title && state,
    colour: EFFECT_COLOURS[effectOfEvent(event)],
    when: timeInWords(event.started, site.config, "short"),
  };
}

/**
 * Without emoji, which the font has no pictures of, and with as few marks as there are letters that have them built in.
 * Other letters it may lack are found when the card is drawn.
 */
function shown(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{M}|\p{Regional_Indicator}|\p{Emoji_Modifier}/gu, "")
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
