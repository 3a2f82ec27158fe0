import { IMPACTS } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { followUpLists } from "./actions.ts";
import { type AnyEvent, EVENTS_PER_PAGE, historyOf } from "./history.ts";
import { reportLists } from "./reports.ts";

/** What a page understands of a query: each key, in the order of the address, with what may stand there. */
type Query = (site: Site) => Readonly<Record<string, (value: string) => boolean>>;

/** A page that stands at one address, whatever the site has. */
export interface PageRow {
  readonly path: string;
  /** Its name in the menu of every page; without one it is not there. */
  readonly menu?: "status" | "history" | "maintenance" | "reports";
  /** Search engines are told of it, and a copy of the site has it though no page may link there. */
  readonly isListed: boolean;
  readonly query?: Query;
  /** Whether an event shows on it beside its own page. */
  readonly shows?: (event: AnyEvent) => boolean;
}

/**
 * Every page that stands at one address. A further page is a route in `app/` and a line here: menu, sitemap, copies as
 * files, queries, and what a publication touches follow.
 */
export const PAGES: readonly PageRow[] = [
  { path: "/", menu: "status", isListed: true },
  { path: "/history", menu: "history", isListed: true, query: historyQuery, shows: () => true },
  { path: "/maintenance", menu: "maintenance", isListed: true, shows: ({ kind }) => kind === "maintenance" },
  {
    path: "/reports",
    menu: "reports",
    isListed: true,
    query: (site) => ({ page: isPage(reportLists(site).pages) }),
    shows: ({ actions, report }) => report !== undefined || actions.length > 0,
  },
  {
    path: "/actions",
    isListed: true,
    query: (site) => ({ page: isPage(followUpLists(site).pages) }),
    shows: ({ actions }) => actions.length > 0,
  },
  { path: "/subscribe", isListed: false },
  { path: "/api", isListed: false },
];

/** The filters of a history that name something the site has. */
function historyQuery(site: Site): ReturnType<Query> {
  const { events } = historyOf(site);
  return {
    component: (value) => site.config.components.some(({ id }) => id === value),
    impact: (value) => (IMPACTS as readonly string[]).includes(value),
    kind: (value) => value === "incident" || value === "maintenance",
    tag: (value) => events.some(({ tags }) => tags.includes(value)),
    page: isPage(Math.ceil(events.length / EVENTS_PER_PAGE)),
  };
}

function isPage(last: number): (value: string) => boolean {
  return (value) => /^[1-9]\d{0,3}$/.test(value) && Number(value) <= last;
}
