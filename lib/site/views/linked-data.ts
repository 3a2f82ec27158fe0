import { timeForMachines } from "#lib/calendar/words.ts";
import { siteDescription, siteTitle } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import type { AnyEvent } from "./history.ts";
import { summaryText } from "./text.ts";

/** What search engines read of the site (JSON-LD, schema.org), as text that is safe inside a script element. */
export function siteData({ config }: Site): string {
  const { name, url, locale } = config;
  return safe({
    "@type": "WebSite",
    name: siteTitle(config),
    url,
    description: siteDescription(config),
    inLanguage: locale,
    publisher: { "@type": "Organization", name },
  });
}

/** The same of an incident, which is an article, or of a maintenance, which is an event. */
export function eventData(event: AnyEvent, site: Site): string {
  const { name, url, locale } = site.config;
  const page = `${url}/incidents/${event.slug}`;
  const publisher = { "@type": "Organization", name, url };
  const description = summaryText(event, site);
  if (event.kind === "maintenance") {
    return safe({
      "@type": "Event",
      name: event.title,
      description,
      url: page,
      startDate: timeForMachines(event.window.start),
      endDate: timeForMachines(event.window.end),
      eventStatus: `https://schema.org/${event.status === "cancelled" ? "EventCancelled" : "EventScheduled"}`,
      eventAttendanceMode: "https://schema.org/OnlineEventAttendanceMode",
      location: { "@type": "VirtualLocation", url: page },
      organizer: publisher,
    });
  }
  const told = [...event.updates.map(({ at }) => at), ...(event.report?.published ? [event.report.published] : [])];
  const first = event.updates[0]?.at ?? event.started;
  const last = told.reduce((a, b) => (earliest(b) >= earliest(a) ? b : a), first);
  return safe({
    "@type": event.report ? "Report" : "Article",
    headline: event.title,
    description,
    url: page,
    mainEntityOfPage: page,
    datePublished: timeForMachines(first),
    dateModified: timeForMachines(last),
    inLanguage: locale,
    author: publisher,
    publisher,
  });
}

/** No text in it can end the script element or begin anything else (HTML, section 4.12.1.3). */
function safe(data: object): string {
  return JSON.stringify({ "@context": "https://schema.org", ...data }).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
