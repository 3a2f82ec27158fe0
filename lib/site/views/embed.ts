import type { Element } from "hast";
import { toHtml } from "hast-util-to-html";
import { h, s } from "hastscript";
import { isNear, timeInWords } from "#lib/calendar/words.ts";
import { inZone } from "#lib/calendar/zone.ts";
import type { Pieces } from "#lib/messages/catalogue.ts";
import { languageIn, languageOfContent, messagesIn } from "#lib/messages/messages.ts";
import { siteTitle } from "#lib/messages/naming.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { type AnyEvent, currentEvents } from "./history.ts";
import { SHAPES } from "./shapes.ts";
import { headline } from "./words.ts";

/** The one page that others may put into theirs: it has nothing to press but links that lead out of the frame. */
export const EMBED_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/** How large its frame should be, in pixels. */
const EMBED_SIZE = { width: 420, height: 72 } as const;

export interface EmbedOptions {
  /** Shows nothing while all is well. */
  readonly isQuiet: boolean;
  /** Instead of what the reader prefers. */
  readonly theme?: "light" | "dark";
}

/** `/embed` */
export function embedPage(site: Site, { isQuiet, theme }: EmbedOptions): string {
  const { name, locale, url } = site.config;
  const events = currentEvents(site);
  const isShown = !(isQuiet && site.state === "operational" && events.length === 0);
  const link = (path: string, text: string, lang?: string) => h("a", { href: url + path, target: "_top", lang }, text);
  const page = h("html", { lang: languageIn(locale), "data-theme": theme }, [
    h("head", [
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "robots", content: "noindex" }),
      h("title", siteTitle(site.config)),
      h("link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }),
      h("link", { rel: "stylesheet", href: "/assets/embed.css" }),
      // Not by a refresh of the page, which takes away what somebody is reading (WCAG 2.2.1, failure F41).
      h("script", { src: "/assets/embed-page.js", defer: true }),
    ]),
    h(
      "body",
      isShown
        ? h("p", { className: ["state", site.state] }, [
            h("b", [
              mark(site.state),
              link("/", messagesIn(locale).embed.state({ name, headline: headline(site).toLowerCase() })),
            ]),
            ...events
              .slice(0, 1)
              .map((event) =>
                h(
                  "span",
                  lineOf(event, site, link(`/incidents/${event.slug}`, event.title, languageOfContent(locale))),
                ),
              ),
          ])
        : [],
    ),
  ]);
  return `<!DOCTYPE html>${toHtml(page)}\n`;
}

/** The shape of a state, so that it can be told without its colour. */
function mark(state: Effect) {
  return s("svg", { className: ["mark"], viewBox: "0 0 20 20", ariaHidden: "true" }, [
    s("path", { fillRule: "evenodd", d: SHAPES[state] }),
  ]);
}

/** The state of an event and its title; of work under way also when it ends, in the site's zone. */
function lineOf(event: AnyEvent, { now, config }: Site, title: Element): Pieces<Element> {
  const { embed, status: states } = messagesIn(config.locale);
  const status = states[event.status];
  if (event.kind !== "maintenance") return embed.status({ status, title });
  const { end } = event.window;
  const time = timeInWords(inZone(end, config.timezone), config, isNear(end.at, now) ? "clock" : "full");
  return event.isOverrunning ? embed.overrun({ status, time, title }) : embed.until({ status, time, title });
}

/** What a program has room for, in pixels. */
interface Room {
  readonly width?: number;
  readonly height?: number;
}

/** The size of the frame where there is as little room as that. */
export function sizeIn({ width = EMBED_SIZE.width, height = EMBED_SIZE.height }: Room) {
  return { width: Math.min(width, EMBED_SIZE.width), height: Math.min(height, EMBED_SIZE.height) };
}

/** `/oembed` (oembed.com, version 1.0), for a page of this site. */
export function oembed(site: Site, room: Room): object {
  const { name, url } = site.config;
  const size = sizeIn(room);
  const frame = h("iframe", {
    src: `${url}/embed`,
    ...size,
    title: siteTitle(site.config),
    loading: "lazy",
    style: "border: 0",
  });
  return {
    version: "1.0",
    type: "rich",
    title: siteTitle(site.config),
    provider_name: name,
    provider_url: url,
    cache_age: 60,
    ...size,
    html: toHtml(frame),
  };
}
