import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { backUp, restore } from "#lib/operation/backup.ts";
import { Sessions } from "#lib/web/operator/sessions.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { NOW, type Office, openOffice } from "../wire/office.ts";
import { Person } from "../wire/person.ts";

const ASKED = { status: 200, html: expect.stringContaining('name="token"') };
const DECLARED = { title: "The API answers slowly", message: "We look.", status: "investigating", at: "now" };

/** Two servers on one database, each with a content folder of its own. */
async function serversOn(kind: (typeof STORES)[number]): Promise<readonly [Office, Office]> {
  const location = await newLocation(kind);
  const settings = kind === "postgres" ? { databaseUrl: location } : { data: dirname(location) };
  return [await openOffice({}, settings), await openOffice({}, settings)];
}

/** The same browser, sent to another server. */
function at(office: Office, { headers, csrf }: Person): Person {
  const person = new Person(office, headers);
  person.csrf = csrf;
  return person;
}

const idOf = ({ headers }: Person) => (headers["cookie"] ?? "").replace("candor_operator=", "");

test.each(STORES)(
  "a session holds at every server, and what was done at one is told once, at any (%s)",
  async (kind) => {
    const [here, there] = await serversOn(kind);
    const anna = await Person.of(here);
    const other = at(there, anna);
    expect((await other.get("/operator")).html).toContain("Declare an incident");
    expect(other.csrf).toBe(anna.csrf);
    expect(await other.post("/operator/-/declare", { ...DECLARED, step: "write" })).toMatchObject({ status: 303 });
    const pages = await Promise.all([anna.get("/operator"), other.get("/operator"), anna.get("/operator")]);
    expect(pages.filter(({ html }) => html.includes("Written to 2026/"))).toHaveLength(1);
    expect((await anna.get("/operator")).html).not.toContain("Written to");
    expect([...here.faults, ...there.faults]).toEqual([]);
  },
);

test.each(STORES)(
  "a session that ends at one server ends at all, and so does one whose token goes (%s)",
  async (kind) => {
    const [here, there] = await serversOn(kind);
    const anna = await Person.of(here, "author", "Anna");
    const bo = await Person.of(here, "author", "Bo");
    expect(await at(there, anna).post("/operator/-/sign-out", {})).toMatchObject({ status: 303 });
    expect(await anna.get("/operator")).toMatchObject(ASKED);
    expect((await at(there, bo).get("/operator")).html).toContain("Declare an incident");
    await here.tokens.remove("Bo", NOW);
    expect(await at(there, bo).get("/operator")).toMatchObject(ASKED);
  },
);

test.each(STORES)(
  "what was typed before signing in anew waits at every server, for its own page (%s)",
  async (kind) => {
    const [here, there] = await serversOn(kind);
    const token = await here.token("author");
    const typed = { "carried.title": "The API answers slowly", next: "/operator/-/declare" };
    const { cookie } = await new Person(here, {}).post("/operator/-/sign-in", { ...typed, token });
    const person = new Person(there, { cookie: cookie?.split(";")[0] ?? "" });
    const shown = 'value="The API answers slowly"';
    expect((await person.get("/operator/-/maintain")).html).not.toContain(shown);
    expect((await person.get("/operator/-/declare")).html).toContain(shown);
    expect((await person.get("/operator/-/declare")).html).not.toContain(shown);
  },
);

test.each(STORES)("a copy of the database opens no session (%s)", async (kind) => {
  const [here] = await serversOn(kind);
  const secret = await here.token("author", "Anna");
  const { cookie } = await new Person(here, {}).post("/operator/-/sign-in", { token: secret });
  const anna = new Person(here, { cookie: cookie?.split(";")[0] ?? "" });
  await anna.get("/operator");
  expect([idOf(anna).length, anna.csrf.length]).toEqual([43, 43]);
  const rows = await here.database.query.selectFrom("operator_session").selectAll().execute();
  expect(rows).toMatchObject([{ id: createHash("sha256").update(idOf(anna)).digest("hex") }]);
  for (const text of [idOf(anna), anna.csrf, secret]) expect(JSON.stringify(rows)).not.toContain(text);
  const stolen = new Person(here, { cookie: `candor_operator=${rows[0]?.id.slice(0, 43)}` });
  expect(await stolen.get("/operator")).toMatchObject(ASKED);
});

test.each(STORES)("sessions that are over are forgotten, and all but the thousand newest (%s)", async (kind) => {
  const [here] = await serversOn(kind);
  await here.token("author");
  const [token] = await here.tokens.list();
  if (!token) throw new Error("There is no token");
  const database = await opened(here.environment.databaseUrl ?? join(here.environment.data, "candor.db"));
  const sessions = new Sessions(database, here.tokens);
  const kept = () => database.query.selectFrom("operator_session").select("ends_at").orderBy("ends_at").execute();
  for (let n = 0; n < 1_003; n += 1) await sessions.open(token, NOW + n);
  const ends = (await kept()).map(({ ends_at }) => ends_at - NOW - 12 * 3_600_000);
  expect([ends.length, ends.at(0), ends.at(-1)]).toEqual([1_000, 3, 1_002]);
  await sessions.open(token, NOW + 12 * 3_600_000 + 1_001);
  expect(await kept()).toHaveLength(2);
});

test.each(STORES)("a restoration brings back no session that has ended since, and ends none (%s)", async (kind) => {
  const [here, there] = await serversOn(kind);
  const [anna, bo] = [await Person.of(here, "author", "Anna"), await Person.of(here, "author", "Bo")];
  const environment = { ...here.environment, secret: "a secret that stays" };
  const file = await backUp(environment, NOW);
  await anna.post("/operator/-/sign-out", {});
  await restore(environment, file, { now: NOW, isForced: true, withoutErasures: true });
  expect(await at(there, anna).get("/operator")).toMatchObject(ASKED);
  expect((await at(there, bo).get("/operator")).html).toContain("Declare an incident");
});

test.each(STORES)(
  "while the database is away nobody is signed out, and the page to sign in is there (%s)",
  async (kind) => {
    const [here] = await serversOn(kind);
    const anna = await Person.of(here);
    await here.database.close();
    const away = { status: 503, html: expect.stringContaining("nobody knows who is signed in") };
    expect(await anna.get("/operator")).toMatchObject(away);
    expect(await new Person(here, {}).get("/operator")).toMatchObject(ASKED);
  },
);
