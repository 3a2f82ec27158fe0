import type { Element } from "hast";
import { h } from "hastscript";
import { expectationsInWords, saidExpectations } from "#lib/calendar/expectations.ts";
import { ageInWords, timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { isEnding } from "#lib/model/course.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import type { When } from "#lib/model/time.ts";
import { updateHtml } from "#lib/site/views/text.ts";
import {
  componentNames,
  EFFECT_WORDS,
  effectOfEvent,
  impactInWords,
  STATUS_WORDS,
  updateLabel,
} from "#lib/site/views/words.ts";
import { safeHtml } from "./document.ts";

export type AnyEvent = Incident | Maintenance;

/** An event in a list of the operator's. */
export function eventCard(event: AnyEvent, site: Site, isDraft: boolean): Element {
  return h("li.current", { className: [effectOfEvent(event)] }, [
    h("h3", [h("a", { href: `/operator/${encodeURIComponent(event.slug)}` }, [h("bdi", event.title)])]),
    h(
      "p.current-facts",
      facts(event, site, isDraft).map((fact) => h("span", fact)),
    ),
  ]);
}

/** What the head of an event says: state, impact, components, age. */
export function facts(event: AnyEvent, site: Site, isDraft: boolean): string[] {
  const since = event.kind === "maintenance" ? event.window.start : event.started;
  return [
    ...(isDraft ? ["Draft"] : []),
    STATUS_WORDS[event.status],
    impactInWords(event),
    ...componentNames(site, event),
    ageInWords(since, site.now, site.config.locale),
    ...(event.nextUpdate || event.expectedEnd ? [expectationsInWords(event, site.config, site.now)] : []),
  ];
}

/** An update exactly as the incident's page will show it; with a link to where its text is corrected, if there is one. */
export function updateItem(event: AnyEvent, update: Update, site: Site, correctAt?: string): Element {
  return h("li", { className: isEnding(update.status) ? ["is-end"] : [] }, [
    h("h3", updateLabel(update)),
    h("p.updates-when", [time(update.at, site.config)]),
    h("div.prose", [safeHtml(updateHtml(event, update, site))]),
    ...line(saidExpectations(update, event, site.config)),
    ...changes(update, site.config),
    ...(correctAt === undefined ? [] : [h("p", [h("a", { href: correctAt }, "Correct this text…")])]),
  ]);
}

function line(text: string): Element[] {
  return text === "" ? [] : [h("p.expectations", text)];
}

function changes({ changes }: Update, config: SiteConfig): Element[] {
  if (changes.length === 0) return [];
  const nameOf = (id: string) => config.components.find((component) => component.id === id)?.name ?? id;
  const words = (effect: Effect) => EFFECT_WORDS[effect].toLowerCase();
  return [
    h(
      "ul.changes",
      { ariaLabel: "Components that change" },
      changes.map(({ component, from, to }) => h("li", `${nameOf(component)}: ${words(from)} → ${words(to)}`)),
    ),
  ];
}

function time(when: When, config: SiteConfig): Element {
  return h("time", { dateTime: timeForMachines(when) }, timeInWords(when, config));
}
