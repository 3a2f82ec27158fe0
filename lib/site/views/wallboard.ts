import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h, s } from "hastscript";
import type { Raw } from "mdast-util-to-hast";
import { expectationsOf } from "#lib/calendar/expectations.ts";
import { isNear, timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import { offsetAt } from "#lib/calendar/zone.ts";
import type { Pieces } from "#lib/messages/catalogue.ts";
import { languageIn, languageOfContent, type Messages, messagesIn } from "#lib/messages/messages.ts";
import { worst } from "#lib/model/course.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { ComponentHistory, Site } from "#lib/model/site.ts";
import { earliest, type Instant, type When } from "#lib/model/time.ts";
import { directionOf } from "./direction.ts";
import { type AnyEvent, currentEvents } from "./history.ts";
import { SHAPES } from "./shapes.ts";
import { summaryText } from "./text.ts";
import { effectOfEvent, headlineOf, listInWords } from "./words.ts";

/** Tiles that can be told apart from across a room; of more, those that are well stand together in one line. */
const MOST_TILES = 12;

/** Incidents that fit beside the tiles. */
const MOST_EVENTS = 3;

export interface BoardOptions {
  /** Ids of components of the site; empty for all. */
  readonly asked: readonly string[];
  /** How many of those in the address are of this site no more. */
  readonly missing?: number;
  /** The last pushed event that the Site covers, and whether there may be newer ones; without it nothing is pushed. */
  readonly told?: { readonly last: number; readonly isLate: boolean } | undefined;
}

/** `/wallboard`: a whole page for a television, which shows the components that were asked for and nothing of the others. */
export function boardPage(site: Site, { asked, missing = 0, told }: BoardOptions): string {
  const { name, locale } = site.config;
  const { cleared, held, lost, lostOld, missing: missed } = messagesIn(locale).board;
  const time = "{time}";
  const words = {
    dataCleared: cleared,
    dataHeld: held({ time }),
    dataLost: lost({ time }),
    dataLostOld: lostOld,
  };
  const late = told?.isLate ? { dataLate: "" } : {};
  const live = told ? { dataComponents: asked.join(","), dataAfter: String(told.last), ...late } : {};
  return documentOf(name, locale, [
    h("candor-board", { ...live, ...words }, [
      h("div", { className: ["board"] }, raw(boardScreen(site, asked))),
      missing > 0 ? h("p", { className: ["board-note"] }, missed({ count: missing })) : undefined,
      h("p", { className: ["board-link"], role: "status" }),
    ]),
  ]);
}

/** What stands there for an address that names no component of the site. It is never taken for all of them. */
export function emptyBoard(site: Site): string {
  const { name, locale, components } = site.config;
  const { empty, emptyAbout, example } = messagesIn(locale).board;
  const address = h("code", `/wallboard?components=${components[0]?.id ?? "api"}`);
  return documentOf(name, locale, [
    h("main", { className: ["board", "board-empty"] }, [
      h("h1", empty),
      h("p", emptyAbout),
      h(
        "p",
        components.map(({ id }) => [h("code", id), " "]),
      ),
      h("p", example({ address })),
    ]),
  ]);
}

function documentOf(name: string, locale: string, body: Parameters<typeof h>[2][]) {
  const page = h("html", { lang: languageIn(locale), dir: directionOf(locale), dataLocale: locale }, [
    h("head", [
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "robots", content: "noindex" }),
      h("title", messagesIn(locale).board.title({ name })),
      h("link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }),
      h("link", { rel: "stylesheet", href: "/assets/wallboard.css" }),
      h("link", { rel: "stylesheet", href: "/assets/wallboard-upright.css", media: "(max-aspect-ratio: 1 / 1)" }),
      h("script", { src: "/assets/live.js", defer: true }),
      h("script", { src: "/assets/wallboard.js", defer: true }),
      h("script", { src: "/assets/wallboard-old.js", defer: true }),
      h("noscript", h("meta", { httpEquiv: "refresh", content: "30" })),
    ]),
    h("body", ...body),
  ]);
  return `<!DOCTYPE html>${toHtml(page, RAW)}\n`;
}

/** What a board shows now: what is pushed to it, and what its page begins with. */
export function boardScreen(site: Site, asked: readonly string[]): string {
  const { name, locale } = site.config;
  const messages = messagesIn(locale);
  const isAsked = (id: string) => asked.length === 0 || asked.includes(id);
  const parts = partsOf(site);
  const components = parts.components.filter(({ id }) => isAsked(id));
  const events = parts.events.filter(({ effects }) => concerns(effects, isAsked));
  const state = worst([...components.map(({ effect }) => effect), ...events.map(effectOfEvent)]);
  const isWhole = asked.length === 0 || state !== "operational";
  const screen = [
    h("header", { className: ["board-head", state] }, [
      mark(state),
      h("h1", isWhole ? headlineOf(state, messages) : messages.board.allWell),
      h("p", { className: ["board-name"] }, name),
      h("p", { className: ["board-clock"] }, timeOf(momentOf(site), site)),
    ]),
    h("main", { className: ["board-main", events.length > 0 ? "has-events" : "is-calm"] }, [
      h("ul", { className: ["tiles", `tiles-${columnsOf(components.length)}`] }, tilesOf(components, parts, messages)),
      ...(events.length > 0 ? [eventsOf(events, site, isAsked)] : []),
    ]),
    h("footer", { className: ["board-foot"] }, upcoming(site, isAsked)),
  ];
  return toHtml({ type: "root", children: screen }, RAW);
}

const RAW = { allowDangerousHtml: true };

/** HTML that was made here before. */
function raw(value: string): Raw {
  return { type: "raw", value };
}

/** What many boards show of one Site, made once. */
interface Parts {
  readonly components: readonly ComponentHistory[];
  readonly events: readonly AnyEvent[];
  /** HTML under what it shows. */
  readonly made: Map<string, string>;
}

const parts = new WeakMap<Site, Parts>();

function partsOf(site: Site): Parts {
  const known = parts.get(site);
  if (known) return known;
  const components = site.groups.flatMap((group) => group.components);
  const fresh = { components, events: currentEvents(site), made: new Map<string, string>() };
  parts.set(site, fresh);
  return fresh;
}

function madeOnce({ made }: Parts, key: string, make: () => Element): Raw {
  const html = made.get(key) ?? toHtml(make());
  made.set(key, html);
  return raw(html);
}

function momentOf({ now, config: { timezone } }: Site): Instant {
  return { kind: "instant", at: now, offset: offsetAt(now, timezone), precision: "minute", approximate: false };
}

/** What is of no component in particular concerns every board. */
function concerns(effects: AnyEvent["effects"], isAsked: (id: string) => boolean): boolean {
  return effects.length === 0 || effects.some(({ component }) => isAsked(component));
}

/** Tiles in the site's order. Of too many, those that are well are counted. */
function tilesOf(components: readonly ComponentHistory[], parts: Parts, messages: Messages) {
  const isFew = components.length <= MOST_TILES;
  const bad = components.filter(({ effect }) => effect !== "operational");
  const shown = isFew ? components : bad.slice(0, MOST_TILES - 1);
  const rest = components.length - shown.length;
  const isRestWell = shown.length === bad.length || isFew;
  return [
    ...shown.map((component) => madeOnce(parts, `tile ${component.id}`, () => tileOf(component, messages))),
    ...(rest > 0 ? [restOf(rest, shown.length === 0, isRestWell, messages)] : []),
  ];
}

function tileOf({ id, name, effect }: ComponentHistory, messages: Messages): Element {
  return h("li", { className: ["tile", effect], dataComponent: id }, [
    mark(effect),
    h("b", name),
    h("span", messages.effect[effect]),
  ]);
}

function restOf(count: number, isAll: boolean, isWell: boolean, { board }: Messages) {
  const effect = isWell ? "operational" : "major_outage";
  return h("li", { className: ["tile", effect] }, [
    mark(effect),
    h("b", isAll ? board.components({ count }) : board.more({ count })),
    h("span", isWell ? board.allWell : board.someAffected),
  ]);
}

function columnsOf(components: number): number {
  const tiles = Math.min(components, MOST_TILES);
  return tiles <= 2 ? 1 : tiles <= 6 ? 2 : 3;
}

function eventsOf(events: readonly AnyEvent[], site: Site, isAsked: (id: string) => boolean) {
  const rest = events.length - MOST_EVENTS;
  const shown = Math.min(events.length, MOST_EVENTS);
  return h("section", { className: ["board-events", `events-${shown}`] }, [
    ...events.slice(0, MOST_EVENTS).map((event) => {
      const own = event.effects.map(({ component }) => component).filter(isAsked);
      return madeOnce(partsOf(site), `event ${event.id} ${own.join(" ")}`, () => eventOf(event, site, own));
    }),
    rest > 0
      ? h("p", { className: ["board-more"] }, messagesIn(site.config.locale).board.more({ count: rest }))
      : undefined,
  ]);
}

/** An incident with the names of its components that the board asked for. */
function eventOf(event: AnyEvent, site: Site, own: readonly string[]): Element {
  const { locale, components } = site.config;
  const { board } = messagesIn(locale);
  const names = components.filter(({ id }) => own.includes(id)).map(({ name }) => name);
  const latest = event.updates.at(-1);
  const expected = expectationsOf(event, site.now, locale).flatMap(({ sentence, when }, index) => [
    index > 0 ? " · " : "",
    withoutStop(sentence({ time: timeOf(when, site) })),
  ]);
  return h("article", { className: ["board-event", effectOfEvent(event)] }, [
    h("h2", h("bdi", { lang: languageOfContent(locale) }, event.title)),
    h("p", { className: ["board-facts"] }, factsOf(event, site, names)),
    h("p", { className: ["board-text"], dir: "auto", lang: languageOfContent(locale) }, summaryText(event, site)),
    latest ? h("p", { className: ["board-when"] }, board.lastUpdate({ time: timeOf(latest.at, site) })) : undefined,
    expected.length > 0 ? h("p", { className: ["board-next"] }, expected) : undefined,
  ]);
}

/** The state of an event, since when or until when, and the names of its components. */
function factsOf(event: AnyEvent, site: Site, names: readonly string[]) {
  const { board, status: states } = messagesIn(site.config.locale);
  const status = h("b", states[event.status]);
  const components = names.length > 0 ? listInWords(names, site.config.locale) : undefined;
  if (event.kind === "incident") {
    const time = timeOf(event.started, site);
    return components === undefined ? board.since({ status, time }) : board.sinceOf({ status, time, components });
  }
  const time = timeOf(event.window.end, site);
  const [alone, named] = event.isOverrunning ? [board.overrun, board.overrunOf] : [board.until, board.untilOf];
  return components === undefined ? alone({ status, time }) : named({ status, time, components });
}

/** Sentences that stand beside one another in a line end without a full stop. */
function withoutStop(pieces: Pieces<Element>) {
  const all = [pieces].flat();
  return all.map((piece, index) =>
    typeof piece === "string" && index === all.length - 1 ? piece.replace(/\.$/, "") : piece,
  );
}

/** The next maintenance that concerns the board. */
function upcoming(site: Site, isAsked: (id: string) => boolean) {
  const next = site.maintenances.findLast(
    ({ status, effects }) => status === "scheduled" && concerns(effects, isAsked),
  );
  if (!next) return [];
  const { locale } = site.config;
  const title = h("bdi", { lang: languageOfContent(locale) }, next.title);
  return [h("p", messagesIn(locale).board.planned({ title, time: timeOf(next.window.start, site, "full") }))];
}

/** A clock time is enough for what is of today. */
function timeOf(when: When, site: Site, form?: "full") {
  const words = timeInWords(when, site.config, form ?? (isNear(earliest(when), site.now) ? "clock" : "short"));
  if (!when.approximate) return h("time", { dateTime: timeForMachines(when) }, words);
  const dataAbout = messagesIn(site.config.locale).time.about({ time: "{time}" });
  return h("time", { dateTime: timeForMachines(when), dataAbout }, words);
}

function mark(effect: Effect) {
  return s("svg", { className: ["mark"], viewBox: "0 0 20 20", ariaHidden: "true" }, [
    s("path", { fillRule: "evenodd", d: SHAPES[effect] }),
  ]);
}
