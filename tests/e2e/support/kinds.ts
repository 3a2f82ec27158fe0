import { dayAgo } from "./content.ts";

/** The sites that tests look at, each on a server of its own. */
export type SiteName = "demo" | "full" | "empty" | "broken";

/** One kind of page, as it stands on one of the sites. */
export interface Kind {
  readonly name: string;
  readonly site: SiteName;
  readonly path: string;
  /** 200 unless it says otherwise. */
  readonly status?: number;
  /** A page so long that a picture of all of it would be of no use. */
  readonly isEndless?: boolean;
}

const [year = "", month = ""] = dayAgo(6).split("-");

/** Every kind of page, on the sites on which it looks different. */
export const KINDS: readonly Kind[] = [
  { name: "home", site: "full", path: "/" },
  { name: "home-quiet", site: "demo", path: "/" },
  { name: "home-empty", site: "empty", path: "/" },
  { name: "incident-open", site: "full", path: "/incidents/payments-fail" },
  { name: "incident-resolved", site: "full", path: "/incidents/uploads-lost" },
  { name: "incident-demo", site: "demo", path: "/incidents/2017-08-23-updates-reached-the-wrong-screens" },
  { name: "incident-preliminary", site: "demo", path: "/incidents/2026-11-17-rejected-api-requests" },
  { name: "incident-dates", site: "full", path: "/incidents/date-only" },
  { name: "incident-long-title", site: "full", path: "/incidents/long-title" },
  { name: "incident-right-to-left", site: "full", path: "/incidents/right-to-left" },
  { name: "incident-stacked", site: "full", path: "/incidents/stacked-marks" },
  { name: "incident-html", site: "full", path: "/incidents/harmless-html" },
  { name: "incident-thousand", site: "full", path: "/incidents/thousand-updates", isEndless: true },
  { name: "incident-bare", site: "full", path: "/incidents/only-a-start" },
  { name: "maintenance-running", site: "full", path: "/incidents/disk-swap" },
  { name: "maintenance-upcoming", site: "full", path: "/incidents/router-swap" },
  { name: "history", site: "full", path: "/history" },
  { name: "history-empty", site: "empty", path: "/history" },
  { name: "history-filtered", site: "full", path: "/history?component=search&impact=minor&kind=incident&tag=routine" },
  { name: "history-unmatched", site: "full", path: "/history?component=sign-in&tag=routine" },
  { name: "history-month", site: "full", path: `/history/${year}/${month}` },
  { name: "component", site: "full", path: "/components/search" },
  { name: "component-young", site: "full", path: "/components/previews" },
  { name: "component-long-name", site: "full", path: "/components/unbroken" },
  { name: "reports", site: "full", path: "/reports" },
  { name: "reports-empty", site: "empty", path: "/reports" },
  { name: "maintenance", site: "full", path: "/maintenance" },
  { name: "maintenance-empty", site: "empty", path: "/maintenance" },
  { name: "not-found", site: "full", path: "/nowhere", status: 404 },
  { name: "not-found-incident", site: "demo", path: "/incidents/nowhere", status: 404 },
  { name: "error", site: "broken", path: "/", status: 500 },
];

/** Screens for televisions: pages without the frame of all others. */
export const BOARDS: readonly Kind[] = [
  { name: "wallboard", site: "full", path: "/wallboard" },
  { name: "wallboard-quiet", site: "demo", path: "/wallboard?components=api,dashboard,notifications" },
  { name: "wallboard-none", site: "demo", path: "/wallboard?components=nothing" },
];

/** @throws when there is no such kind */
export function kindOf(name: string): Kind {
  const found = KINDS.find((kind) => kind.name === name);
  if (!found) throw new Error(`There is no kind of page called “${name}”`);
  return found;
}
