import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { idHost } from "#lib/content/ids/api-ids.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Component } from "#lib/model/config.ts";
import type { Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { matches } from "./history.ts";
import { summaryText } from "./text.ts";
import { componentNames } from "./words.ts";

/** How many maintenances a calendar holds, those to come first among them. */
const EVENTS = 100;

/** How long before it begins a reader is reminded, in seconds. */
const REMINDER_S = 3_600;

/** `/calendar.ics`: maintenance (RFC 5545), of one component or of all. The same content gives the same bytes. */
export function calendar(site: Site, component?: Component): string {
  const { name, url, timezone } = site.config;
  const { calendar: words } = messagesIn(site.config.locale);
  const host = idHost(site.config);
  const made = ical({
    name: escaped(component ? words.nameOf({ site: name, component: component.name }) : words.name({ site: name })),
    prodId: { company: "Candor", product: "Candor", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    url: `${url}/maintenance`,
    ttl: 3_600,
    x: { "X-WR-TIMEZONE": timezone },
  });
  const listed = site.maintenances.filter((event) => !component || matches(event, { component: component.id }));
  for (const event of listed.slice(0, EVENTS)) {
    const { window, title, id, slug, updates, revision } = event;
    const said = Math.max(earliest(updates.at(-1)?.at ?? window.start), revision?.at ?? 0);
    const page = `${url}/incidents/${slug}`;
    const isCancelled = event.status === "cancelled";
    const entry = made.createEvent({
      id: `${id}@${host}`,
      stamp: new Date(said),
      lastModified: new Date(said),
      start: new Date(window.start.at),
      end: new Date(window.end.at),
      sequence: revision?.sequence ?? updates.filter(({ isCorrection }) => !isCorrection).length,
      summary: visible(isCancelled ? words.cancelled({ title }) : title),
      description: visible([summaryText(event, site), page].filter(Boolean).join("\n\n")),
      url: page,
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      categories: componentNames(site, event).map((each) => ({ name: each })),
    });
    if (event.status === "scheduled") {
      entry.createAlarm({
        type: ICalAlarmType.display,
        trigger: REMINDER_S,
        description: words.reminder({ title }),
      });
    }
  }
  return `${made}\r\n`;
}

/** Without what no text of a calendar may hold (RFC 5545, section 3.1); an update's text may have it as an entity. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

/** As section 3.3.11 wants a text: the library writes the calendar's own name as it is given. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}
