import { LRUCache } from "lru-cache";
import { assetPath } from "#lib/markdown/asset-path.ts";
import { type Html, markdownToHtml } from "#lib/markdown/html.ts";
import { firstParagraph, markdownToText } from "#lib/markdown/parse.ts";
import { shorten } from "#lib/markdown/shorten.ts";
import type { Event, Image, Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import { timelineFigure } from "./timeline-figure.ts";

/** Where a text is read: on our page, or in a feed, which has neither our styles nor our script. */
type Place = "page" | "feed";

/** An event's report as HTML with its headings. */
export function reportHtml(event: Incident | Maintenance, site: Site, place: Place = "page"): Html {
  return markdownToHtml(event.report?.body ?? "", {
    prefix: "",
    topHeading: 3,
    image: (address) => imageAt(event, address, site),
    link: linkTo,
    timeline: timelineFigure(event, site.config, place === "page" ? "drawn" : "list"),
    isBare: place === "feed",
    locale: site.config.locale,
  });
}

/** Texts of updates as HTML: several pages, and several feeds, each want the same one. */
const shown = {
  page: new WeakMap<Site, LRUCache<Update, string>>(),
  feed: new WeakMap<Site, LRUCache<Update, string>>(),
};
const MOST_SHOWN = 2_000;

/** An update's text as HTML. */
export function updateHtml(event: Event, update: Update, site: Site, place: Place = "page"): string {
  const known = shown[place].get(site) ?? new LRUCache<Update, string>({ max: MOST_SHOWN });
  shown[place].set(site, known);
  const found = known.get(update);
  if (found !== undefined) return found;
  const html = madeHtml(event, update, site, place);
  known.set(update, html);
  return html;
}

function madeHtml(event: Event, update: Update, site: Site, place: Place): string {
  const { html } = markdownToHtml(update.body, {
    prefix: `${update.id}-${event.id}-`,
    topHeading: 4,
    isBare: place === "feed",
    image: (address) => imageAt(event, address, site),
    link: linkTo,
    locale: site.config.locale,
  });
  return html;
}

/** How much of an event's text a list shows, in characters. */
const SUMMARY_LENGTH = 200;

const summaries = new WeakMap<Event, string>();

/** The beginning of what an event last said of itself (what was added after its end aside), as one line of plain text. */
export function summaryText(event: Event, site: Site): string {
  const known = summaries.get(event);
  if (known !== undefined) return known;
  const { locale } = site.config;
  const latest = event.updates.findLast(({ isAfterEnd }) => !isAfterEnd) ?? event.updates.at(-1);
  const summary = shorten(
    latest ? markdownToText(latest.body, locale) : firstParagraph(event.report?.body ?? "", locale),
    SUMMARY_LENGTH,
  );
  summaries.set(event, summary);
  return summary;
}

/** The beginning of an event's report as one line of plain text; of an event without one, of what it last said. */
export function reportSummary(event: Event, site: Site): string {
  if (!event.report) return summaryText(event, site);
  return shorten(firstParagraph(event.report.body, site.config.locale), SUMMARY_LENGTH);
}

/** The picture an address in an event's file means. */
function imageAt(event: Event, address: string, site: Site): Image | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return undefined;
  const path = assetPath(event.file, address);
  return site.images.find((image) => image.path === path);
}

/** A link to another incident's file leads to that incident's page. */
export function linkTo(address: string): string {
  const file = /^(?![a-z][a-z0-9+.-]*:|[/#?])(?:[^?#]*\/)?([^/?#]+)\.md(#.*)?$/i.exec(address);
  return file ? `/incidents/${file[1]}${file[2] ?? ""}` : address;
}
