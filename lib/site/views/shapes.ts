import type { Effect } from "#lib/model/incident.ts";

/** Each state has a shape of its own, so that it can be told without its colour. */
export const SHAPES: Readonly<Record<Effect, string>> = {
  operational:
    "M10 1a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm4.7 6.8-5.4 6a1 1 0 0 1-1.5 0L5.3 11a1 1 0 0 1 1.5-1.3l1.8 2 4.6-5.2a1 1 0 0 1 1.5 1.3Z",
  under_maintenance: "M10 .6 19.4 10 10 19.4.6 10ZM9 5.6v5h2v-5Zm0 6.6v2.2h2v-2.2Z",
  degraded_performance: "M10 1 19.6 18H.4ZM9 7v5.4h2V7Zm0 6.8V16h2v-2.2Z",
  partial_outage: "M2 2h16v16H2Zm2 2v12h6V4Z",
  major_outage:
    "M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3Zm.1 4L5 6.4 8.6 10 5 13.6 6.4 15l3.6-3.6 3.6 3.6 1.4-1.4-3.6-3.6L15 6.4 13.6 5 10 8.6Z",
};
