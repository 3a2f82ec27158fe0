import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { takeAlerts } from "#lib/content/folder/alerts.ts";
import { ContentWriter } from "#lib/content/folder/content-writer.ts";
import { takeOverAlerts } from "#lib/content/folder/old-alerts.ts";
import { backUp, restore } from "#lib/operation/backup.ts";
import { type AlertGroup, alertGroup, changeAlertGroup } from "#lib/store/alert-groups.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { folderWith, put } from "../wire/content-folder.ts";
import { NOW, type Office, openOffice } from "../wire/office.ts";

const KEY = '{}:{alertname="HighErrorRate"}';
const BEGAN = "2026-11-22T09:52:26Z";
const ALERT = {
  status: "firing",
  labels: { alertname: "HighErrorRate", service: "api", severity: "critical" },
  annotations: { summary: "Error rate above 5%" },
  startsAt: BEGAN,
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prometheus.example/graph",
  fingerprint: "3f1a",
};
const ENDED = { ...ALERT, status: "resolved", endsAt: "2026-11-22T09:58:00Z" };

/** As Alertmanager sends it. */
function notification(alert: typeof ALERT): object {
  return {
    version: "4",
    groupKey: KEY,
    truncatedAlerts: 0,
    status: alert.status,
    receiver: "candor",
    groupLabels: { alertname: "HighErrorRate" },
    commonLabels: alert.labels,
    commonAnnotations: alert.annotations,
    externalURL: "http://alertmanager.example",
    alerts: [alert],
  };
}

async function send({ url }: Office, token: string, alert: typeof ALERT): Promise<{ result?: string; slug?: string }> {
  const response = await fetch(`${url}/api/alerts/alertmanager`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(notification(alert)),
  });
  return (await response.json()) as { result?: string; slug?: string };
}

/** Two servers on one database and one content folder. */
async function serversOn(kind: (typeof STORES)[number]): Promise<readonly [Office, Office]> {
  const settings = kind === "postgres" ? { databaseUrl: await newLocation(kind) } : {};
  const here = await openOffice({}, settings);
  const { content, data } = here.environment;
  return [here, await openOffice({}, { ...settings, content, ...(kind === "sqlite" ? { data } : {}) })];
}

test.each(STORES)("alerts that are told of at several servers make one draft, and any ends it (%s)", async (kind) => {
  const [here, there] = await serversOn(kind);
  const token = await here.token("machine");
  const opening = await send(here, token, ALERT);
  expect(opening).toMatchObject({ result: "opened" });
  expect(await send(there, token, ALERT)).toEqual({ result: "nothing-new", slug: opening.slug });
  expect(await send(there, token, { ...ALERT, fingerprint: "77b0" })).toMatchObject({ result: "updated" });
  expect(await send(here, token, { ...ALERT, fingerprint: "77b0" })).toMatchObject({ result: "nothing-new" });
  expect(await send(there, token, ENDED)).toMatchObject({ result: "resolved" });
  expect(await send(here, token, ENDED)).toMatchObject({ result: "nothing-new" });
  expect(await send(here, token, ALERT), "replayed after the end").toMatchObject({ result: "nothing-new" });
  expect([...here.faults, ...there.faults]).toEqual([]);
});

test.each(STORES)("what several servers remember of one group at the same time is all there (%s)", async (kind) => {
  const location = await newLocation(kind);
  const servers = [await opened(location), await opened(location), await opened(location)];
  const add = (name: string) => (known: AlertGroup | undefined) => {
    const firing = JSON.stringify({ ...JSON.parse(known?.firing ?? "{}"), [name]: 1 });
    return { id: "a", slug: null, firing, ended: "{}" };
  };
  const all = servers.flatMap((server, index) =>
    Array.from({ length: 10 }, (_, n) => changeAlertGroup(server, "a", add(`${index}-${n}`))),
  );
  await Promise.all(all);
  for (const server of servers) {
    expect(Object.keys(JSON.parse((await alertGroup(server, "a"))?.firing ?? "{}"))).toHaveLength(30);
  }
});

/** Writes as a server does, once another server has done something meanwhile. */
class HeldUp extends ContentWriter {
  readonly #office: Office;
  readonly #meanwhile: () => Promise<unknown>;

  constructor(office: Office, meanwhile: () => Promise<unknown>) {
    super(office.environment, () => office.clock);
    this.#office = office;
    this.#meanwhile = meanwhile;
  }

  take(alert: typeof ALERT) {
    const by = { name: "pager", email: "pager@candor.invalid" };
    return takeAlerts({ ...this.#office, writer: this }, notification(alert), by);
  }

  override async create(...order: Parameters<ContentWriter["create"]>): ReturnType<ContentWriter["create"]> {
    await this.#meanwhile();
    return await super.create(...order);
  }
}

test.each(STORES)("what another server writes of the same group meanwhile is not told again (%s)", async (kind) => {
  const [here, there] = await serversOn(kind);
  const token = await here.token("machine");
  const other = { ...ALERT, fingerprint: "77b0", startsAt: "2026-11-22T09:59:30Z" };
  const slow = new HeldUp(here, () => send(there, token, ALERT));
  expect(await slow.take(other)).toMatchObject({ result: "opened" });
  for (const alert of [ALERT, other]) expect(await send(there, token, alert)).toMatchObject({ result: "nothing-new" });
});

test.each(STORES)(
  "a restoration leaves what was written of alerts since, as it leaves the drafts (%s)",
  async (kind) => {
    const [here] = await serversOn(kind);
    const token = await here.token("machine");
    const environment = { ...here.environment, secret: "a secret that stays" };
    await send(here, token, ALERT);
    const file = await backUp(environment, NOW);
    await send(here, token, ENDED);
    await restore(environment, file, { now: NOW, isForced: true, withoutErasures: true });
    expect(await send(here, token, ALERT)).toEqual({ result: "nothing-new" });
  },
);

test.each(STORES)("while the database is away nothing is written of alerts (%s)", async (kind) => {
  const [here, there] = await serversOn(kind);
  const token = await here.token("machine");
  await sql`alter table alert_group rename to away`.execute(here.database.query);
  expect(await send(there, token, ALERT)).toMatchObject({ problems: [{ rule: "database-away" }] });
  expect(readdirSync(here.environment.content)).toEqual(["site.yaml"]);
});

const idOf = (key: string) => createHash("sha256").update(key).digest("hex").slice(0, 32);

/** What an older version has left of a group with a draft, of one that has ended, and what is no note of one. */
const OLD = {
  [`alerts/${idOf(KEY)}.json`]: JSON.stringify({ slug: "a-draft", firing: { "3f1a": 5, __proto__: null }, over: {} }),
  [`alerts/${idOf("over")}.json`]: '{"firing":{},"over":{"__proto__":7,"constructor":8}}',
  [`alerts/${idOf("cut off")}.json`]: '{"slug":"b","firing":{',
  [`alerts/${idOf("other")}.json`]: '{"slug":"b"}',
  [`alerts/${idOf(KEY)}.json.4711`]: "a draft",
};
const TAKEN: readonly AlertGroup[] = [
  { id: idOf(KEY), slug: "a-draft", firing: '{"3f1a":5}', ended: "{}" },
  { id: idOf("over"), slug: null, firing: "{}", ended: '{"__proto__":7,"constructor":8}' },
].toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function leftOn(kind: (typeof STORES)[number]) {
  const database = await opened(await newLocation(kind));
  const groups = () => database.query.selectFrom("alert_group").selectAll().orderBy("id").execute();
  return { database, groups, data: folderWith(OLD) };
}

test.each(STORES)("what an older version remembers of alerts is taken over once, and kept (%s)", async (kind) => {
  const { database, groups, data } = await leftOn(kind);
  await takeOverAlerts(database, data);
  expect(await groups()).toEqual(TAKEN);
  expect(readdirSync(data)).toEqual(["alerts.taken-over"]);
  expect(readdirSync(join(data, "alerts.taken-over"))).toHaveLength(5);
  // As if the process had been killed before it could put the folder aside, and another one before that had done so.
  await changeAlertGroup(database, idOf(KEY), () => ({ id: idOf(KEY), slug: null, firing: "{}", ended: '{"3f1a":5}' }));
  for (const [path, text] of Object.entries(OLD)) put(data, path, text);
  await takeOverAlerts(database, data);
  expect(await alertGroup(database, idOf(KEY))).toMatchObject({ slug: null, ended: '{"3f1a":5}' });
  expect(readdirSync(data)).toEqual(["alerts.taken-over"]);
});

test.each(STORES)(
  "it is all there or nothing when it was cut off on the way, and then taken over whole (%s)",
  async (kind) => {
    const { database, groups, data } = await leftOn(kind);
    const last = readdirSync(join(data, "alerts"))
      .map((name) => name.slice(0, 32))
      .findLast((id) => TAKEN.some((group) => group.id === id));
    const fault = {
      sqlite: sql`json_extract(case id when ${sql.lit(last)} then 'none' else '{}' end, '$.a')`,
      postgres: sql`(1 / (case id when ${sql.lit(last)} then 0 else 1 end))`,
    };
    await sql`create index fault on alert_group (${fault[kind]})`.execute(database.query);
    await expect(takeOverAlerts(database, data)).rejects.toMatchObject({ code: "DATABASE_AWAY" });
    expect([await groups(), readdirSync(data)]).toEqual([[], ["alerts"]]);
    await sql`drop index fault`.execute(database.query);
    await Promise.all([takeOverAlerts(database, data), takeOverAlerts(database, data)]);
    expect(await groups()).toEqual(TAKEN);
  },
);

test("a server goes on with the draft that an older version has opened", async () => {
  const office = await openOffice();
  const token = await office.token("machine");
  const { slug = "" } = await send(office, token, ALERT);
  const [group] = await office.database.query.selectFrom("alert_group").selectAll().execute();
  await office.database.query.deleteFrom("alert_group").execute();
  const { firing = "{}" } = group ?? {};
  put(office.environment.data, `alerts/${idOf(KEY)}.json`, `{"slug":"${slug}","firing":${firing},"over":{}}`);
  expect(await send(office, token, ENDED)).toEqual({ result: "resolved", slug });
  const file = join(office.environment.content, slug.slice(0, 4), `${slug}.md`);
  expect(readFileSync(file, "utf8")).toContain("status: resolved");
});
