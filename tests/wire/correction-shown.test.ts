import { expect, test } from "vitest";
import { parseEntry } from "#lib/content/parse/entry.ts";
import type { PublishedEntry } from "#lib/model/site.ts";
import { DeliveryOperations } from "#lib/publishing/delivery-operations.ts";
import { type Preview, publish } from "#lib/publishing/publish.ts";
import { rollBack } from "#lib/publishing/rollback.ts";
import type { Told } from "#lib/publishing/seal.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { documentOf } from "#lib/site/api/document.ts";
import { incidentOf } from "#lib/site/api/incidents.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { entryMarkdown } from "#lib/site/views/entry-markdown.ts";
import { eventFeed, siteFeed } from "#lib/site/views/feed.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
const FIRST = "  - { at: 2026-11-22T11:59Z, status: investigating, body: Labels are lost. }\n";
const SECOND = "  - { at: 2026-11-22T12:30Z, status: resolved, body: All is well. }\n";
const file = (...updates: string[]) =>
  `---\ntitle: Labels are late\nimpact: major\ncomponents: [api]\nupdates:\n${updates.join("")}---\n`;

/** An installation that has told one subscriber of an incident, in wrong words. */
async function told(site = SITE): Promise<Environment> {
  const environment = { port: 0, host: "127.0.0.1", content: folderWith({ "site.yaml": site }), data: folderWith({}) };
  await publish(environment, { now: at("11:00"), isQuiet: true });
  await subscribe(environment, ["a@x.example"], at("11:00"));
  put(environment.content, "2026/a.md", file(FIRST));
  await publish(environment, { now: at("12:00") });
  return environment;
}

async function correct(environment: Environment, message: string, now: number): Promise<Told> {
  await using operations = await DeliveryOperations.open(environment);
  const [first] = await operations.reach({}, 10);
  return await operations.correct({ notice: first?.notice.id ?? "", message, by: "mara", at: now });
}

async function siteOf(environment: Environment, now: number) {
  await using database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  const newest = await store.latest();
  return compile(await store.content(newest?.id ?? 0), now);
}

async function incidentAt(environment: Environment, now: number) {
  const site = await siteOf(environment, now);
  const [incident] = site.incidents;
  if (!incident) throw new Error("There is no incident.");
  return { site, incident };
}

test("a correction stands among the updates, on the page, in feeds and in the API, as it was sent", async () => {
  const environment = await told();
  const before = await incidentAt(environment, at("12:10"));
  await correct(environment, "No label is lost. They are *late*.", at("12:10"));
  const { site, incident } = await incidentAt(environment, at("12:11"));
  expect(incident.updates).toMatchObject([
    { id: "u20261122T115900Z", status: "investigating", body: "Labels are lost.", correctedBy: "correction-1" },
    {
      id: "correction-1",
      body: "No label is lost. They are *late*.",
      isCorrection: true,
      corrects: "u20261122T115900Z",
      at: { at: at("12:10") },
    },
  ]);
  expect(incident.status).toBe("investigating");

  const [entry] = siteFeed(site).entries;
  expect(entry?.html).toContain("<strong>Correction</strong> - No label is lost. They are <em>late</em>.");
  expect(entry?.updated).toBe(at("12:10"));
  const [former] = siteFeed(before.site).entries;
  expect(entry?.guid).toBe(former?.guid);
  expect(eventFeed(site, incident).entries.map(({ title }) => title)).toEqual([
    "Correction: Labels are late",
    "Investigating: Labels are late",
  ]);

  const api = incidentOf(incident, site);
  expect(api.incident_updates.map(({ status, body }) => [status, body])).toEqual([
    ["investigating", "Correction: No label is lost. They are *late*."],
    ["investigating", "Labels are lost."],
  ]);
  expect(Date.parse(api.updated_at)).toBe(at("12:10"));
  expect(documentOf(incident, site).updates).toMatchObject([
    { id: "u20261122T115900Z" },
    { is_correction: true, corrects: "u20261122T115900Z", status: "update" },
  ]);
});

test("its Markdown says so too, where it would be read as an update", async () => {
  const environment = await told();
  await correct(environment, "No label is lost.", at("12:10"));
  await using database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  const { entries } = await store.content((await store.latest())?.id ?? 0);
  const markdown = entryMarkdown(entries[0] as PublishedEntry);
  const { entry, problems } = parseEntry("a.md", Buffer.from(markdown), "UTC");
  expect(problems).toEqual([]);
  expect(entry?.updates.map(({ status, body }) => [status, body])).toEqual([
    ["investigating", "Labels are lost."],
    ["update", "Correction: No label is lost."],
  ]);
});

test("it stays with every later publication, and is no news of its own", async () => {
  const environment = await told();
  await correct(environment, "No label is lost.", at("12:10"));
  const shown: Preview[] = [];
  const approve = (preview: Preview) => {
    shown.push(preview);
    return Promise.resolve(true);
  };
  expect(await publish(environment, { now: at("12:20"), approve })).toMatchObject({ isChange: false });
  put(environment.content, "2026/a.md", file(FIRST.replace("lost", "late"), SECOND));
  await publish(environment, { now: at("12:31"), approve });
  expect(shown.map(({ notices }) => notices.map(({ notice }) => [notice.kind, notice.updates.length]))).toEqual([
    [["incident_resolved", 1]],
  ]);
  const { incident } = await incidentAt(environment, at("12:32"));
  expect(incident.updates.map(({ id }) => id)).toEqual(["u20261122T115900Z", "correction-1", "u20261122T123000Z"]);
  await rollBack(environment, undefined, { now: at("12:40") });
  expect((await incidentAt(environment, at("12:41"))).incident.updates.map(({ id }) => id)).toEqual([
    "u20261122T115900Z",
    "correction-1",
  ]);
});

test("another file that took the name of what was corrected does not show that", async () => {
  const environment = await told();
  await correct(environment, "No label is lost.", at("12:10"));
  put(environment.content, "2026/a.md", file(SECOND.replace("resolved", "investigating")));
  await publish(environment, { now: at("12:31"), isQuiet: true });
  expect((await incidentAt(environment, at("12:32"))).incident.updates.map(({ id }) => id)).toEqual([
    "u20261122T123000Z",
  ]);
});

test("what is corrected and is on the site no more is corrected all the same", async () => {
  const environment = await told();
  put(environment.content, "2026/a.md", file(FIRST).replace("---\n", "---\ndraft: true\n"));
  await publish(environment, { now: at("12:05"), isQuiet: true });
  const { notice } = await correct(environment, "No label is lost.", at("12:10"));
  expect(notice).toMatchObject({ kind: "correction", message: "No label is lost." });
  expect((await siteOf(environment, at("12:11"))).incidents).toEqual([]);
});
