import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { saidExpectations } from "#lib/calendar/expectations.ts";
import { timeForMachines } from "#lib/calendar/words.ts";
import { idHost } from "#lib/content/ids/api-ids.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { siteTitle } from "#lib/messages/naming.ts";
import type { Component } from "#lib/model/config.ts";
import type { Site, Update } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { followUpLists } from "./actions.ts";
import { type AnyEvent, historyOf, matches, plannedWork } from "./history.ts";
import { reportHtml, updateHtml } from "./text.ts";
import { updateLabel } from "./words.ts";

/** How many entries a feed holds: as many as readers of such pages expect. */
const ENTRIES = 25;

/** One entry of a feed, whatever its form. */
export interface FeedEntry {
  readonly title: string;
  /** Address of the page. */
  readonly url: string;
  /** Unique for ever (RFC 4151). */
  readonly tag: string;
  /** The same for RSS: the address that it has on a page of Statuspage, whatever its page is called here. */
  readonly guid: string;
  /** When readers could first see it, in milliseconds since the epoch. */
  readonly published: number;
  /** When they could first see the newest thing said: it changes only with the content. */
  readonly updated: number;
  /** The date in RSS, where maintenance stands by the beginning of its window. */
  readonly rssDate: number;
  /** Every update, newest first, in the form that readers of such feeds take apart. */
  readonly html: string;
  readonly tags: readonly string[];
}

/** Where a feed is in each of its forms, from the site's root. */
export interface FeedPaths {
  readonly atom: string;
  readonly rss: string;
  readonly json: string;
}

export interface Feed {
  /** Unique for ever (RFC 4151). */
  readonly tag: string;
  readonly title: string;
  /** The page whose news it tells. */
  readonly home: string;
  readonly paths: FeedPaths;
  readonly entries: readonly FeedEntry[];
  /** That of the newest entry; of an empty feed the beginning of the epoch. */
  readonly updated: number;
}

/** Where the feeds about something are; nothing in front for the site itself. */
export function feedPaths(about: string): FeedPaths {
  if (about === "/reports" || about === "/actions") {
    return { atom: `${about}.atom`, rss: `${about}.rss`, json: `${about}.json` };
  }
  return { atom: `${about}/history.atom`, rss: `${about}/history.rss`, json: `${about}/feed.json` };
}

/** The newest incidents and maintenances of a Site; planned ones included, as soon as they are announced. */
export function siteFeed(site: Site): Feed {
  const { feed } = messagesIn(site.config.locale);
  return historyFeed(site, {
    about: "",
    home: "",
    title: feed.history({ site: siteTitle(site.config) }),
    events: historyOf(site).events,
  });
}

/** The same of one component. */
export function componentFeed(site: Site, { id, name }: Component): Feed {
  const events = historyOf(site).events.filter((event) => matches(event, { component: id }));
  const about = `/components/${id}`;
  const { feed } = messagesIn(site.config.locale);
  const title = feed.historyOf({ site: siteTitle(site.config), component: name });
  return historyFeed(site, { about, home: about, title, events, component: id });
}

/** One event: each of its updates an entry, and its report. */
export function eventFeed(site: Site, event: AnyEvent): Feed {
  const home = pageOf(site, event);
  const t = messagesIn(site.config.locale);
  const { feed } = t;
  const entries = event.updates.toReversed().map((update): FeedEntry => {
    const at = seenAt(event, update);
    return {
      title: feed.update({ status: updateLabel(update, t), title: event.title }),
      url: `${home}#${update.id}`,
      tag: tagOf(site, `Incident/${event.id}/${update.id}`),
      guid: guidOf(site, event, `#${update.id}`),
      published: at,
      updated: at,
      rssDate: at,
      html: updateParagraph(event, update, site),
      tags: event.tags,
    };
  });
  const about = `/incidents/${event.slug}`;
  return feedOf(site, {
    about,
    home: about,
    title: feed.event({ site: siteTitle(site.config), title: event.title }),
    entries: [...reportEntries(site, [event]), ...entries],
  });
}

/** Reports alone, whole, the newest first. */
export function reportsFeed(site: Site): Feed {
  const entries = reportEntries(site, historyOf(site).events).sort((a, b) => b.published - a.published);
  return feedOf(site, {
    about: "/reports",
    home: "/reports",
    title: messagesIn(site.config.locale).feed.reports({ site: siteTitle(site.config) }),
    entries: entries.slice(0, ENTRIES),
  });
}

/** What was promised after incidents and is done, the newest first. */
export function actionsFeed(site: Site): Feed {
  const { feed } = messagesIn(site.config.locale);
  const entries = followUpLists(site)
    .done.slice(0, ENTRIES)
    .map(({ event, action }): FeedEntry => {
      const { done, id, title, url } = action;
      const at = done ? earliest(done) : 0;
      // Without an id of its own, an action is known by its words.
      const name = id ?? encodeURIComponent(title);
      const page = url ? h("p", h("a", { href: url }, title)) : h("p", title);
      return {
        title: feed.action({ action: title, title: event.title }),
        url: `${pageOf(site, event)}#${id ? `action-${id}` : "actions"}`,
        tag: tagOf(site, `Action/${event.id}/${name}`),
        guid: guidOf(site, event, `#action-${name}`),
        published: at,
        updated: at,
        rssDate: at,
        html: toHtml(page),
        tags: event.tags,
      };
    });
  const title = feed.actions({ site: siteTitle(site.config) });
  return feedOf(site, { about: "/actions", home: "/actions", title, entries });
}

interface About {
  /** The path in front of the feed's own name. */
  readonly about: string;
  /** Path of the page whose news it tells. */
  readonly home: string;
  readonly title: string;
}

function historyFeed(
  site: Site,
  { events, component, ...about }: About & { readonly events: readonly AnyEvent[]; readonly component?: string },
): Feed {
  const planned = plannedWork(site)
    .toReversed()
    .filter((event) => component === undefined || matches(event, { component }));
  return feedOf(site, {
    ...about,
    entries: [...planned, ...events.slice(0, ENTRIES)].map((event) => entryOf(event, site)),
  });
}

function feedOf(site: Site, { about, home, title, entries }: About & { readonly entries: readonly FeedEntry[] }): Feed {
  const { url } = site.config;
  const paths = feedPaths(about);
  return {
    tag: tagOf(site, paths.atom.replace(/\.atom$/, "")),
    title,
    home: url + home,
    paths,
    entries,
    updated: Math.max(0, ...entries.map(({ updated }) => updated)),
  };
}

function tagOf(site: Site, name: string): string {
  return `tag:${idHost(site.config)},2005:${name}`;
}

/** No file's name and no setting of the site is in it but the host that ids end in. */
function guidOf(site: Site, event: AnyEvent, part = ""): string {
  return `https://${idHost(site.config)}/incidents/${event.id}${part}`;
}

/** When readers could first see an update. */
function seenAt({ seen }: AnyEvent, { at, writtenId }: Update): number {
  return Math.max(earliest(at), seen?.updates?.[writtenId ?? timeForMachines(at)] ?? 0);
}

function pageOf(site: Site, event: AnyEvent): string {
  return `${site.config.url}/incidents/${event.slug}`;
}

function entryOf(event: AnyEvent, site: Site): FeedEntry {
  const times = event.updates.map(({ at }) => earliest(at));
  const own = Math.min(
    ...times,
    ...(event.kind === "incident" ? [earliest(event.started)] : times.length > 0 ? [] : [event.window.start.at]),
  );
  const published = Math.max(own, event.seen?.event ?? 0);
  return {
    title: event.title,
    url: pageOf(site, event),
    tag: tagOf(site, `Incident/${event.id}`),
    guid: guidOf(site, event),
    published,
    updated: Math.max(published, ...event.updates.map((update) => seenAt(event, update))),
    rssDate: event.kind === "maintenance" ? event.window.start.at : published,
    html: event.updates
      .toReversed()
      .map((update) => updateParagraph(event, update, site))
      .join(""),
    tags: event.tags,
  };
}

/** The reports among some events. A date that no one wrote is that of the last thing said before it. */
function reportEntries(site: Site, events: readonly AnyEvent[]): FeedEntry[] {
  const { feed } = messagesIn(site.config.locale);
  return events.flatMap((event) => {
    const { report, updates, ended, started, seen, title } = event;
    if (!report) return [];
    const own = earliest(report.published ?? ended ?? updates.at(-1)?.at ?? started);
    const at = Math.max(own, seen?.report ?? 0);
    return {
      title: report.status === "preliminary" ? feed.preliminary({ title }) : feed.report({ title }),
      url: `${pageOf(site, event)}#report`,
      tag: tagOf(site, `Report/${event.id}`),
      guid: guidOf(site, event, "#report"),
      published: at,
      updated: Math.max(at, seen?.finalReport ?? 0),
      rssDate: at,
      html: withWholeAddresses(reportHtml(event, site, "feed").html, site.config.url, event),
      tags: event.tags,
    };
  });
}

/**
 * `<p><small>…UTC</small><br><strong>Resolved</strong> - text</p>`: programs read the status out of this form, so that it
 * is in English whatever the language of the site. A text of several paragraphs, or with lists, goes on behind it.
 */
function updateParagraph(event: AnyEvent, update: Update, site: Site): string {
  const html = withWholeAddresses(updateHtml(event, update, site, "feed"), site.config.url, event);
  const next = saidExpectations(update, event, site.config);
  const [, first = "", rest = ""] = /^<p>([\s\S]*?)<\/p>([\s\S]*)$/.exec(html) ?? [undefined, "", html];
  return `<p><small>${stampOf(update)}</small><br><strong>${updateLabel(update, ENGLISH)}</strong> - ${first}</p>${rest}${next === "" ? "" : toHtml(h("p", next))}`;
}

const ENGLISH = messagesIn("en");

const DAY = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });

/** “Aug 23, 09:06 UTC”; a date alone stays one. */
function stampOf({ at }: Update): string {
  if (at.kind !== "instant") return timeForMachines(at);
  const day = DAY.format(at.at);
  return `${day}, ${new Date(at.at).toISOString().slice(11, 16)} UTC`;
}

/** In a feed there is no page to which an address could be relative. */
function withWholeAddresses(html: string, base: string, { slug }: AnyEvent): string {
  return html.replace(
    /(<(?:a|img)\b[^>]*?\s(?:href|src)=")([^"]*)/g,
    (_, before: string, address: string) => before + wholeAddress(address, base, `${base}/incidents/${slug}`),
  );
}

/** An address as it stands in HTML, seen from a page. It is put together as text: its escapes are those of HTML. */
function wholeAddress(address: string, base: string, page: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  if (address.startsWith("//")) return `https:${address}`;
  if (address.startsWith("/")) return base + address;
  if (/^[?#]|^$/.test(address)) return page + address;
  return address.startsWith("../") ? `${base}/${address.replace(/^(?:\.\.\/)+/, "")}` : `${base}/incidents/${address}`;
}
