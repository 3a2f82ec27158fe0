import type { Metadata } from "next";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { SubscriberPage } from "#components/subscribe/subscriber-page.tsx";
import { channels } from "#lib/delivery/channels/channels.ts";
import { addressFaultWords } from "#lib/delivery/channels/read-address.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { CHANNELS, TOPICS } from "#lib/model/subscription.ts";
import { embedPage } from "#lib/site/views/embed.ts";
import { boardPage, emptyBoard } from "#lib/site/views/wallboard.ts";
import { EVERYTHING, readInterest } from "#lib/subscribers/forms/interest.ts";
import type { Own, SubscriberView } from "#lib/subscribers/forms/view.ts";
import { provideReader } from "#lib/web/reader.ts";
import ActionsPage, { generateMetadata as actionsMetadata } from "../../app/actions/page.tsx";
import ApiPage, { generateMetadata as apiMetadata } from "../../app/api/page.tsx";
import ComponentPage, { generateMetadata as componentMetadata } from "../../app/components/[id]/page.tsx";
import MonthPage, { generateMetadata as monthMetadata } from "../../app/history/[year]/[month]/page.tsx";
import HistoryPage, { generateMetadata as historyMetadata } from "../../app/history/page.tsx";
import EventPage, { generateMetadata as eventMetadata } from "../../app/incidents/[slug]/page.tsx";
import Layout, { generateMetadata as siteMetadata } from "../../app/layout.tsx";
import MaintenancePage, { generateMetadata as maintenanceMetadata } from "../../app/maintenance/page.tsx";
import NotFound, { generateMetadata as notFoundMetadata } from "../../app/not-found.tsx";
import Home, { generateMetadata as homeMetadata } from "../../app/page.tsx";
import ReportsPage, { generateMetadata as reportsMetadata } from "../../app/reports/page.tsx";
import { busySite, emptySite, NOW, quietSite } from "./foreign-site.ts";
import { hardCodedIn, spokenIn } from "./spoken.ts";

// The pages speak a language that nobody does: whatever is in plain letters was written into the code.
vi.mock("#lib/messages/en.ts", async (original) => {
  const { pseudo } = await import("./pseudo.ts");
  const { EN } = await original<typeof import("#lib/messages/en.ts")>();
  return { EN: pseudo(EN) };
});

const SITES: Readonly<Record<string, Site>> = { busy: busySite(), quiet: quietSite(), empty: emptySite() };

/** The words in plain letters of some HTML, each with the text it stands in. */
function found(html: string): string[] {
  return spokenIn(html).flatMap((text) => (hardCodedIn(text).length > 0 ? [text] : []));
}

function show(site: Site): void {
  provideReader({
    site: () => site,
    now: () => NOW,
    image: () => Promise.resolve(undefined),
    told: () => ({ last: 1, isLate: false }),
  });
}

const html = (page: ReactNode) => renderToStaticMarkup(createElement(Layout, null, page));
const asked = (searchParams: Record<string, string>) => ({ searchParams: Promise.resolve(searchParams) });
const month = { params: Promise.resolve({ year: "2026", month: "11" }) };

const PAGES: Readonly<Record<string, (site: Site) => ReactNode | Promise<ReactNode>>> = {
  "/": Home,
  "/maintenance": MaintenancePage,
  "/actions": () => ActionsPage(asked({})),
  "/reports": () => ReportsPage(asked({})),
  "/history": () => HistoryPage(asked({})),
  "/history?component=api": () => HistoryPage(asked({ component: "api" })),
  "/history?tag=none": () => HistoryPage(asked({ tag: "none" })),
  "/history?kind=incident&page=2": () => HistoryPage(asked({ kind: "incident", page: "2" })),
  "/history/2026/11": () => MonthPage(month),
  "/components/api": () => ComponentPage({ params: Promise.resolve({ id: "api" }) }),
  "/components/mail": () => ComponentPage({ params: Promise.resolve({ id: "mail" }) }),
  "/nowhere": NotFound,
};

test.each(
  Object.entries(SITES).flatMap(([name, site]) => Object.keys(PAGES).map((path) => [name, path, site] as const)),
)("on the %s site, %s says nothing that is not in the catalogue", async (_name, path, site) => {
  show(site);
  const page = html(await PAGES[path]?.(site));
  expect(spokenIn(page).length).toBeGreaterThan(20);
  expect(found(page)).toEqual([]);
});

test.each(
  [...busySite().incidents, ...busySite().maintenances]
    .filter(({ slug }) => !/^many-[1-9]/.test(slug))
    .map(({ slug }) => slug),
)("/incidents/%s says nothing that is not in the catalogue", async (slug) => {
  show(busySite());
  expect(found(html(await EventPage({ params: Promise.resolve({ slug }) })))).toEqual([]);
});

test("titles and descriptions say nothing that is not in the catalogue", async () => {
  show(busySite());
  const metadata: readonly Metadata[] = await Promise.all([
    siteMetadata(),
    apiMetadata(),
    homeMetadata(),
    maintenanceMetadata(),
    reportsMetadata(),
    actionsMetadata(),
    historyMetadata(),
    monthMetadata(month),
    componentMetadata({ params: Promise.resolve({ id: "api" }) }),
    eventMetadata({ params: Promise.resolve({ slug: "open" }) }),
    notFoundMetadata(),
  ]);
  const texts = metadata.flatMap(({ title, description, openGraph }) =>
    [title, description, openGraph?.title, openGraph?.description, openGraph?.siteName].flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each) : (each ?? []),
    ),
  );
  expect(texts.length).toBeGreaterThan(30);
  expect(texts.filter((text) => hardCodedIn(String(text).replace("%s", "")).length > 0)).toEqual([]);
});

test.each(Object.entries(SITES))(
  "boards and frames of the %s site say nothing that is not in the catalogue",
  (_name, site) => {
    const told = { last: 1, isLate: false };
    const pages = [
      boardPage(site, { asked: [], told }),
      boardPage(site, { asked: ["api"], missing: 2, told }),
      boardPage(site, { asked: ["mail"], told }),
      embedPage(site, { isQuiet: false }),
    ];
    expect(pages.flatMap(found)).toEqual([]);
    expect(found(emptyBoard(site))).toEqual(["api", "web", "mail", "/wallboard?components=api"]);
  },
);

const OWN: Own = {
  path: "/subscriptions/1",
  channel: "webhook",
  address: "1.2/…1",
  signingSecret: "1",
  contact: "ops@lumen.example",
  interest: {
    components: ["api", "web", "mail"],
    topics: TOPICS,
    leastImpact: "major",
    isEndsOnly: true,
    everyMinutes: 45,
    quiet: { from: 0, to: 60 },
    isWeekly: true,
  },
};

const FORM = { address: "", interest: EVERYTHING, faults: [], pushKey: "1" };

const VIEWS: readonly SubscriberView[] = [
  ...CHANNELS.map((channel) => ({ kind: "sign-up", state: { ...FORM, channel } }) as const),
  ...CHANNELS.map((channel) => ({ kind: "sent", channel }) as const),
  ...(["notOurs", "foreign", "tooMany"] as const).map((reason) => ({ kind: "refused", reason }) as const),
  ...(["closed", "erased", "ended", "unknown"] as const).map((kind) => ({ kind })),
  ...(["confirm", "aside", "leave"] as const).map((kind) => ({ kind, own: OWN })),
  ...(["saved", "subscribed", "rejoined"] as const).map(
    (said) => ({ kind: "manage", said, own: { ...OWN, channel: "slack" }, faults: [] }) as const,
  ),
  { kind: "left", path: "/subscriptions/1", canRejoin: true },
  { kind: "left", path: "/subscriptions/1", canRejoin: false },
];

test.each(Object.entries(SITES))("pages of subscribers of the %s site say nothing else", (_name, site) => {
  const pages = VIEWS.map((view) => html(createElement(SubscriberPage, { view, config: site.config })));
  // Zones have one name everywhere.
  const bare = (page: string) => page.replace(/<option value="[\w+-]+\/[^<]*<\/option>/g, "");
  expect(pages.flatMap((page) => found(bare(page)))).toEqual([]);
});

test("what is wrong with a form is said in no other words", () => {
  const { config } = busySite();
  const asked = new URLSearchParams("component=none&quiet_from=9&zone=9");
  const { faults } = readInterest(asked, config, "email");
  const t = messagesIn(config.locale);
  const wrong = ["", "a", "a@b", ".a@b.example", "http://a.example", "https://a:b@c.example", "https://10.0.0.1"];
  const said = CHANNELS.flatMap((channel) =>
    wrong.flatMap((address) => {
      const read = channels[channel].readAddress(address, { allowPrivateTargets: false });
      return "value" in read ? [] : [t.fault.both(addressFaultWords(read, t))];
    }),
  );
  expect(said.length).toBeGreaterThan(20);
  expect([...faults.map(({ text }) => text), ...said].filter((text) => hardCodedIn(text).length > 0)).toEqual([]);
});

test("the page for programmers says nothing that is not in the catalogue, but for the description of the data", () => {
  show(busySite());
  const page = html(ApiPage());
  expect(found(page.replace(/<code>.*?<\/code>|<details id="object-.*?<\/details>/gs, ""))).toEqual([]);
});
