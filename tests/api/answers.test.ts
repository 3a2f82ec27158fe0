import { expect, test } from "vitest";
import { EVERY_KIND, file, SITE, update } from "./every-kind.ts";
import { type AnswerName, type AnyIncident, disagreements, faultsOf, misplaced } from "./schemas.ts";
import { type Served, served } from "./server.ts";

type Answer = Record<string, unknown> & {
  page: { id: string; updated_at: string };
  incident: AnyIncident;
  incidents: (AnyIncident & Record<string, unknown>)[];
  scheduled_maintenances: (AnyIncident & Record<string, unknown>)[];
  components: (Record<string, unknown> & { name: string; position: number })[];
};

const LISTS: readonly [string, AnswerName][] = [
  ["/api/v2/summary.json", "summary"],
  ["/api/v2/status.json", "status"],
  ["/api/v2/components.json", "components"],
  ["/api/v2/incidents.json", "incidents"],
  ["/api/v2/incidents/unresolved.json", "incidents"],
  ["/api/v2/scheduled-maintenances.json", "maintenances"],
  ["/api/v2/scheduled-maintenances/upcoming.json", "maintenances"],
  ["/api/v2/scheduled-maintenances/active.json", "maintenances"],
];

const open = () => served(EVERY_KIND, { site: SITE });
const ask = async (server: Served, path: string) => (await server.json(path)) as Answer;
const names = (events: readonly Record<string, unknown>[]) => events.map(({ name }) => name);

test("every answer has the fields, the types, the words and the order of the service's, and nothing else", async () => {
  const server = await open();
  for (const [path, name] of LISTS) {
    const answer = await ask(server, path);
    expect([...faultsOf(name, answer), ...misplaced(answer)], path).toEqual([]);
    for (const event of [...(answer.incidents ?? []), ...(answer.scheduled_maintenances ?? [])]) {
      expect(disagreements(answer.page, event)).toEqual([]);
      const alone = await ask(server, `/api/v2/incidents/${event.id}.json`);
      expect(faultsOf("scheduled_for" in event ? "maintenance" : "incident", alone)).toEqual([]);
      expect(alone.incident).toEqual(event);
    }
  }
});

test("each list has what belongs in it, newest first", async () => {
  const server = await open();
  const incidents = async (path: string) => names((await ask(server, `/api/v2/${path}.json`)).incidents);
  const planned = async (path: string) => names((await ask(server, `/api/v2/${path}.json`)).scheduled_maintenances);
  expect(await incidents("incidents")).toEqual(["Requests fail", "Odd colours", "Slow pages", "Lost messages"]);
  expect(await incidents("incidents/unresolved")).toEqual(["Requests fail", "Odd colours"]);
  expect(await incidents("summary")).toEqual(["Requests fail", "Odd colours"]);
  expect(await planned("scheduled-maintenances")).toEqual(["New power", "New database", "New network", "Old work"]);
  expect(await planned("scheduled-maintenances/upcoming")).toEqual(["New database"]);
  expect(await planned("scheduled-maintenances/active")).toEqual(["New network"]);
  expect(await planned("summary")).toEqual(["New database", "New network"]);
});

test("an incident under way says what each update did, in the page's own offset", async () => {
  const { incidents, page } = await ask(await open(), "/api/v2/incidents/unresolved.json");
  expect(page).toMatchObject({
    name: "Lumen",
    url: "https://status.lumen.example",
    time_zone: "America/Denver",
    updated_at: "2026-11-22T04:00:00.000-07:00",
  });
  const [incident] = incidents;
  expect(incident).toMatchObject({
    status: "monitoring",
    impact: "major",
    started_at: "2026-11-22T03:00:00.000-07:00",
    created_at: "2026-11-22T03:00:00.000-07:00",
    updated_at: "2026-11-22T04:00:00.000-07:00",
    monitoring_at: "2026-11-22T04:00:00.000-07:00",
    resolved_at: null,
    shortlink: "https://status.lumen.example/incidents/open",
  });
  const told = (incident?.incident_updates ?? []).map(({ status, affected_components }) => [
    status,
    ...(affected_components ?? []).map((each) => `${each.old_status} > ${each.new_status}`),
  ]);
  expect(told).toEqual([
    ["monitoring", "major_outage > degraded_performance", "degraded_performance > degraded_performance"],
    ["identified", "partial_outage > major_outage", "degraded_performance > degraded_performance"],
    ["identified", "partial_outage > partial_outage", "degraded_performance > degraded_performance"],
    ["investigating", "operational > partial_outage", "operational > degraded_performance"],
  ]);
  expect(incident?.incident_updates[0]?.affected_components).toMatchObject([
    { name: "Platform - API" },
    { name: "Messages - Mail", code: "k4f0q1zt7w2m" },
  ]);
  expect(incident?.incident_updates).toMatchObject([
    {},
    { body: "Still **there**." },
    {},
    { body: "We are\nlooking at *it*." },
  ]);
});

test("what is over says since when; a report makes it a postmortem, with the whole text as its last update", async () => {
  const { incidents } = await ask(await open(), "/api/v2/incidents.json");
  expect(incidents[2]).toMatchObject({
    id: "bhbcjn4n3jzp",
    status: "resolved",
    started_at: "2026-07-01T04:00:00.000-06:00",
    created_at: "2026-07-01T04:05:00.000-06:00",
    monitoring_at: "2026-07-01T04:40:00.000-06:00",
    resolved_at: "2026-07-01T05:00:00.000-06:00",
  });
  expect(incidents[2]?.incident_updates.map(({ status }) => status)).toEqual([
    "resolved",
    "monitoring",
    "investigating",
    "investigating",
  ]);
  expect(incidents[3]).toMatchObject({
    status: "postmortem",
    resolved_at: "2026-06-02T00:00:00.000-06:00",
    updated_at: "2026-06-10T00:00:00.000-06:00",
    incident_updates: [
      { status: "postmortem", body: "## Summary\n\nAll of it.", affected_components: null },
      { status: "resolved" },
      { status: "investigating", display_at: "2026-05-31T18:00:00.250-06:00" },
    ],
  });
});

test("maintenance says its window and the components it is announced for", async () => {
  const { scheduled_maintenances } = await ask(await open(), "/api/v2/scheduled-maintenances.json");
  expect(scheduled_maintenances[1]).toMatchObject({
    status: "scheduled",
    impact: "maintenance",
    scheduled_for: "2026-12-01T02:00:00.000-07:00",
    scheduled_until: "2026-12-01T03:00:00.000-07:00",
    resolved_at: null,
    monitoring_at: null,
    incident_updates: [
      { affected_components: [{ name: "Platform - Jobs", old_status: "operational", new_status: "operational" }] },
    ],
  });
  expect(scheduled_maintenances[2]?.incident_updates[0]?.affected_components).toMatchObject([
    { old_status: "operational", new_status: "under_maintenance" },
  ]);
  // Statuspage has no word for work that was cancelled, and nothing there is over before it began.
  expect(scheduled_maintenances[0]).toMatchObject({
    status: "completed",
    started_at: "2026-11-21T04:00:00.000-07:00",
    resolved_at: "2026-11-21T04:00:00.000-07:00",
    scheduled_for: "2026-12-11T04:00:00.000-07:00",
    incident_updates: [{ status: "completed", body: "Cancelled: Not now." }, { status: "scheduled" }],
  });
  expect(scheduled_maintenances.map(({ status }) => status)).toEqual([
    "completed",
    "scheduled",
    "in_progress",
    "completed",
  ]);
});

test("what is being verified is still under way", async () => {
  const verifying = file({
    title: "New disks",
    scheduled: { start: "2026-11-22T10:00Z", end: "2026-11-22T14:00Z" },
    updates: [
      update("2026-11-22T10:00Z", "in_progress", "Now."),
      update("2026-11-22T11:00Z", "verifying", "Soon over."),
    ],
  });
  const server = await served({ "disks.md": verifying }, { site: SITE });
  for (const path of ["scheduled-maintenances", "scheduled-maintenances/active", "summary"]) {
    const { scheduled_maintenances } = await ask(server, `/api/v2/${path}.json`);
    expect(
      scheduled_maintenances.map(({ status }) => status),
      path,
    ).toEqual(["verifying"]);
  }
  expect((await ask(server, "/api/v2/scheduled-maintenances/upcoming.json")).scheduled_maintenances).toEqual([]);
});

test("a report that is out while an incident lasts leaves it its status; watched twice, it counts from the first time", async () => {
  const lasting = file(
    {
      title: "It comes and goes",
      impact: "minor",
      report: { status: "preliminary" },
      updates: [
        update("2026-11-20T10:00Z", "monitoring", "Better."),
        update("2026-11-20T11:00Z", "identified", "Back."),
        update("2026-11-20T12:00Z", "monitoring", "Better again."),
      ],
    },
    "\n## Summary\n\nSo far.\n",
  );
  const { incidents } = await ask(await served({ "lasting.md": lasting }, { site: SITE }), "/api/v2/summary.json");
  expect(incidents[0]).toMatchObject({ status: "monitoring", monitoring_at: "2026-11-20T03:00:00.000-07:00" });
  expect(incidents[0]?.incident_updates.map(({ status }) => status)).toEqual([
    "monitoring",
    "identified",
    "monitoring",
  ]);
});

test("a group has the worst state of its components, whichever comes first, and none of their settings", async () => {
  const worse = file({
    title: "A",
    components: { jobs: "major_outage", api: "partial_outage" },
    updates: [update("2026-11-22T10:00Z", "identified", "x")],
  });
  const { components } = await ask(await served({ "a.md": worse }, { site: SITE }), "/api/v2/components.json");
  const byName = Object.fromEntries(components.map((each) => [each.name, each]));
  const group = { status: "major_outage", showcase: false, description: null, start_date: null, group_id: null };
  expect(byName["Platform"]).toMatchObject(group);
  expect(byName["Jobs"]).toMatchObject({ showcase: true, description: null, start_date: null });
  expect(components.filter((each) => "components" in each).map(({ name }) => name)).toEqual(["Platform", "Messages"]);
});

test("components stand by position, groups among them with the worst of theirs", async () => {
  const { components } = await ask(await open(), "/api/v2/components.json");
  const shown = components.map(({ name, position, group, status }) => [position, name, group, status]);
  expect(shown).toEqual([
    [1, "Web app", false, "under_maintenance"],
    [1, "API", false, "degraded_performance"],
    [1, "Mail", false, "degraded_performance"],
    [2, "Platform", true, "degraded_performance"],
    [2, "Jobs", false, "operational"],
    [3, "Messages", true, "degraded_performance"],
  ]);
  const byName = Object.fromEntries(components.map((each) => [each.name, each]));
  expect(byName["API"]).toMatchObject({
    group_id: byName["Platform"]?.["id"],
    start_date: "2020-03-01",
    created_at: "2020-03-01T00:00:00.000-07:00",
    updated_at: "2026-11-22T04:00:00.000-07:00",
    description: "Public interface",
    showcase: true,
  });
  expect(byName["Platform"]?.["components"]).toEqual([byName["API"]?.["id"], byName["Jobs"]?.["id"]]);
  expect(byName["Mail"]?.["id"]).toBe("k4f0q1zt7w2m");
});

const at = "2026-11-22T10:00Z";
const broken = (effect: string) =>
  file({ title: "A", components: { api: effect }, updates: [update(at, "identified", "x")] });

test.each([
  [{}, "none", "All Systems Operational"],
  [{ "a.md": broken("degraded_performance") }, "minor", "Partially Degraded Service"],
  [
    { "a.md": file({ title: "A", impact: "minor", updates: [update(at, "identified", "x")] }) },
    "minor",
    "Minor Service Outage",
  ],
  [{ "a.md": broken("partial_outage") }, "major", "Partial System Outage"],
  [{ "a.md": broken("major_outage") }, "critical", "Major Service Outage"],
  [{ "a.md": EVERY_KIND["running.md"] ?? "" }, "maintenance", "Service Under Maintenance"],
])("the state of %o is %s: %s", async (files, indicator, description) => {
  const server = await served(files, { site: SITE });
  const answer = await ask(server, "/api/v2/status.json");
  expect(faultsOf("status", answer)).toEqual([]);
  expect(answer["status"]).toEqual({ indicator, description });
});

test("a list ends after 50", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => {
      const day = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
      return [`${day}.md`, file({ title: day, updates: [update(`${day}T10:00Z`, "resolved", "x")] })];
    }),
  );
  const { incidents } = await ask(await served(many, { site: SITE }), "/api/v2/incidents.json");
  expect(incidents).toHaveLength(50);
  expect([incidents[0]?.["name"], incidents[49]?.["name"]]).toEqual(["2026-03-01", "2026-01-11"]);
});

test("ids stay through a new title, another edit and a renamed file", async () => {
  const server = await open();
  const ids = async () => {
    const { incidents } = await ask(server, "/api/v2/incidents.json");
    const last = incidents.at(-1);
    return [last?.id, ...(last?.incident_updates ?? []).map((each) => (each as unknown as { id: string }).id)];
  };
  const before = await ids();
  const { "reported.md": reported = "", ...others } = EVERY_KIND;
  server.show({
    ...others,
    "renamed.md": reported.replace('"title":"Lost', '"redirects":["/incidents/reported"],"title":"Gone'),
  });
  expect(await ids()).toEqual(before);
});

test("an edit changes the incident it concerns and the page's own time, and nothing else", async () => {
  const server = await open();
  const before = await ask(server, "/api/v2/incidents.json");
  server.show({
    ...EVERY_KIND,
    "small.md": file({
      title: "Odd colours",
      impact: "minor",
      updates: [
        update("2026-11-20T08:00Z", "investigating", "Odd."),
        update("2026-11-22T11:30Z", "update", "Still odd."),
      ],
    }),
  });
  const after = await ask(server, "/api/v2/incidents.json");
  expect(after.page.updated_at).toBe("2026-11-22T04:30:00.000-07:00");
  expect(
    after.incidents.filter((each, index) => JSON.stringify(each) !== JSON.stringify(before.incidents[index])),
  ).toHaveLength(1);
  expect(after.incidents[1]).toMatchObject({ name: "Odd colours", updated_at: "2026-11-22T04:30:00.000-07:00" });
});
