import type { z } from "zod";
import type { Messages } from "#lib/messages/messages.ts";
import { isUnderWay } from "#lib/model/course.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { componentsOf } from "./components.ts";
import { incidentOf, maintenanceOf } from "./incidents.ts";
import { pageOf, statusOf } from "./page.ts";
import * as shape from "./shape.ts";

/** How many the lists of everything hold. Those of what is going on or to come hold all of it. */
const LISTED = 50;

/** An answer at an address of its own. */
export interface Answer {
  readonly path: string;
  /** The name of the sentence that says what it says. */
  readonly about: keyof Pick<
    Messages["api"],
    "summary" | "status" | "components" | "incidents" | "unresolved" | "maintenances" | "upcoming" | "active"
  >;
  readonly shape: z.ZodObject;
  readonly of: (site: Site) => unknown;
}

/** Every answer but those of single incidents, in the order in which they are described. */
export const ANSWERS: readonly Answer[] = [
  {
    path: "/api/v2/summary.json",
    about: "summary",
    shape: shape.Summary,
    of: (site): z.infer<typeof shape.Summary> => ({
      page: pageOf(site),
      components: [...componentsOf(site)],
      incidents: unresolved(site).map((incident) => incidentOf(incident, site)),
      scheduled_maintenances: planned(site, ({ isOver }) => !isOver).scheduled_maintenances,
      status: statusOf(site),
    }),
  },
  {
    path: "/api/v2/status.json",
    about: "status",
    shape: shape.StatusAnswer,
    of: (site): z.infer<typeof shape.StatusAnswer> => ({ page: pageOf(site), status: statusOf(site) }),
  },
  {
    path: "/api/v2/components.json",
    about: "components",
    shape: shape.ComponentsAnswer,
    of: (site): z.infer<typeof shape.ComponentsAnswer> => ({
      page: pageOf(site),
      components: [...componentsOf(site)],
    }),
  },
  {
    path: "/api/v2/incidents.json",
    about: "incidents",
    shape: shape.IncidentsAnswer,
    of: (site) => incidents(site, site.incidents.slice(0, LISTED)),
  },
  {
    path: "/api/v2/incidents/unresolved.json",
    about: "unresolved",
    shape: shape.IncidentsAnswer,
    of: (site) => incidents(site, unresolved(site)),
  },
  {
    path: "/api/v2/scheduled-maintenances.json",
    about: "maintenances",
    shape: shape.MaintenancesAnswer,
    of: (site) => planned(site, () => true, LISTED),
  },
  {
    path: "/api/v2/scheduled-maintenances/upcoming.json",
    about: "upcoming",
    shape: shape.MaintenancesAnswer,
    of: (site) => planned(site, ({ status }) => status === "scheduled"),
  },
  {
    path: "/api/v2/scheduled-maintenances/active.json",
    about: "active",
    shape: shape.MaintenancesAnswer,
    of: (site) => planned(site, ({ status }) => isUnderWay(status)),
  },
];

/** The answer about one incident or maintenance. */
export function incidentAnswer(event: Incident | Maintenance, site: Site): z.infer<typeof shape.IncidentAnswer> {
  return {
    page: pageOf(site),
    incident: event.kind === "incident" ? incidentOf(event, site) : maintenanceOf(event, site),
  };
}

/** Where one incident's answer is. */
export function incidentPath(event: Incident | Maintenance): string {
  return `/api/v2/incidents/${event.id}.json`;
}

function unresolved(site: Site): Incident[] {
  return site.incidents.filter(({ isOver }) => !isOver);
}

function incidents(site: Site, listed: readonly Incident[]): z.infer<typeof shape.IncidentsAnswer> {
  return { page: pageOf(site), incidents: listed.map((incident) => incidentOf(incident, site)) };
}

function planned(
  site: Site,
  isListed: (maintenance: Maintenance) => boolean,
  most = Number.POSITIVE_INFINITY,
): z.infer<typeof shape.MaintenancesAnswer> {
  const listed = site.maintenances.filter(isListed).slice(0, most);
  return {
    page: pageOf(site),
    scheduled_maintenances: listed.map((maintenance) => maintenanceOf(maintenance, site)),
  };
}
