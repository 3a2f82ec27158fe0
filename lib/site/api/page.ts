import type { z } from "zod";
import { pageId } from "#lib/content/ids/api-ids.ts";
import { wholeState } from "#lib/model/course.ts";
import type { WholeState } from "#lib/model/notice.ts";
import type { Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import type { Page, Status } from "./shape.ts";
import { apiTime } from "./time.ts";

/** The page's own object, which every answer has. */
export function pageOf(site: Site): z.infer<typeof Page> {
  const { name, url, timezone } = site.config;
  return { id: pageId(site.config), name, url, time_zone: timezone, updated_at: apiTime(lastSaid(site), timezone) };
}

/** When anything was last said; what is said for a time to come counts from then on. */
function lastSaid(site: Site): number {
  let last = 0;
  for (const { started, updates } of [...site.incidents, ...site.maintenances]) {
    for (const when of [started, ...updates.map(({ at }) => at)]) {
      const at = earliest(when);
      if (at > last && at <= site.now) last = at;
    }
  }
  return last;
}

const INDICATORS = {
  operational: { indicator: "none", description: "All Systems Operational" },
  under_maintenance: { indicator: "maintenance", description: "Service Under Maintenance" },
  degraded_performance: { indicator: "minor", description: "Partially Degraded Service" },
  partial_outage: { indicator: "major", description: "Partial System Outage" },
  major_outage: { indicator: "critical", description: "Major Service Outage" },
} as const satisfies Record<Site["state"], z.infer<typeof Status>>;

/** The state of the whole. */
export function statusOf(site: Site): z.infer<typeof Status> {
  return statusIn(wholeState(site));
}

/** A state of the whole in the words of the service; a minor incident that degrades no component has words of its own. */
export function statusIn({ effect, isOfComponent }: WholeState): z.infer<typeof Status> {
  const status = INDICATORS[effect];
  return status.indicator === "minor" && !isOfComponent
    ? { indicator: "minor", description: "Minor Service Outage" }
    : status;
}
