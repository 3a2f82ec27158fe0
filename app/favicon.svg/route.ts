import { SHAPES } from "#lib/site/views/shapes.ts";
import { reader } from "#lib/web/reader.ts";

export const dynamic = "force-dynamic";

const COLOURS = {
  operational: "#26925a",
  under_maintenance: "#3d74d6",
  degraded_performance: "#b07d00",
  partial_outage: "#d0611a",
  major_outage: "#cf2f26",
} as const;

/** The state of the whole, as the tab's mark. */
export function GET(): Response {
  const { state } = reader().site();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path fill-rule="evenodd" fill="${COLOURS[state]}" d="${SHAPES[state]}"/></svg>`;
  return new Response(svg, { headers: { "content-type": "image/svg+xml" } });
}
