import { expect, test } from "vitest";
import { statuspagePayload } from "#lib/delivery/channels/webhook/statuspage.ts";
import { said, World } from "./world.ts";

interface Payload {
  readonly page: { readonly status_indicator: string; readonly status_description: string };
  readonly incident: Readonly<Record<string, unknown>> & {
    readonly incident_updates: readonly Readonly<Record<string, unknown>>[];
  };
}

const last = (world: World): Payload => {
  const notice = world.told.at(-1);
  if (!notice) throw new Error("Nothing was told.");
  return statuspagePayload(notice) as Payload;
};

const OTHER =
  "components: { web: major_outage }\nupdates:\n  - { at: 2026-03-05T09:00Z, status: investigating, body: Down. }";
const LINES = [
  "2026-03-05T10:00Z investigating Requests fail.",
  "2026-03-05T10:20Z monitoring It is mended.",
  "2026-03-05T10:40Z resolved It is over.",
];

test("the page's status is the site's, and what happened once keeps its time", () => {
  const world = new World();
  world.publish("2026-03-05T09:01Z", { b: OTHER });
  const seen = LINES.map((_, index) => {
    const minute = 1 + index * 20;
    world.publish(`2026-03-05T10:${String(minute).padStart(2, "0")}Z`, {
      a: said(...LINES.slice(0, index + 1)),
      b: OTHER,
    });
    return last(world);
  });
  // The other incident goes on.
  expect(seen.map(({ page }) => page.status_indicator)).toEqual(["critical", "critical", "critical"]);
  expect(seen.map(({ page }) => page.status_description)[2]).toBe("Major Service Outage");
  const times = seen.map(({ incident }) => [
    incident["created_at"],
    incident["monitoring_at"],
    incident["resolved_at"],
  ]);
  const [created, monitoring, resolved] = ["00", "20", "40"].map((minute) => `2026-03-05T10:${minute}:00.000Z`);
  expect(times).toEqual([
    [created, null, null],
    [created, monitoring, null],
    [created, monitoring, resolved],
  ]);
});

test("work that is announced is not under way, and work that is cancelled is over when it was cancelled", () => {
  const plan = "components: [api]\nscheduled: { start: 2026-03-07T22:00Z, end: 2026-03-07T23:30Z }\nupdates:\n";
  const announced = "  - { at: 2026-03-05T09:00Z, status: scheduled, body: We replace a disk. }\n";
  const world = new World();
  world.publish("2026-03-05T09:01Z", { m: plan + announced });
  expect(last(world)).toMatchObject({
    page: { status_indicator: "none", status_description: "All Systems Operational" },
    incident: { status: "scheduled", started_at: "2026-03-07T22:00:00.000Z", resolved_at: null },
  });
  const cancelled = "  - { at: 2026-03-06T09:00Z, status: cancelled, body: It is not needed. }\n";
  world.publish("2026-03-06T09:01Z", { m: plan + announced + cancelled });
  expect(last(world)).toMatchObject({
    page: { status_indicator: "none" },
    incident: {
      status: "completed",
      created_at: "2026-03-05T09:00:00.000Z",
      started_at: "2026-03-06T09:00:00.000Z",
      resolved_at: "2026-03-06T09:00:00.000Z",
      incident_updates: [{ status: "completed", body: "Cancelled: It is not needed." }],
    },
  });
});
