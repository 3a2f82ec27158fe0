import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { declareIncident, writeUpdate } from "#lib/content/folder/write.ts";
import { git, NOW, type Office, openOffice, withoutIds } from "./office.ts";

const DECLARATION = {
  title: "The API answers slowly",
  message: "We are looking into it.\n\nMore at 15:00 UTC.",
  components: { api: "degraded_performance" },
};
const SLUG = "2026-11-22-the-api-answers-slowly";
const FILE = `2026/${SLUG}.md`;

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of every form
  readonly body: any;
}

async function post(
  office: Office,
  path: string,
  token: string | undefined,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent> {
  const response = await fetch(office.url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse((await response.text()) || "null") };
}

const written = (office: Office, file = FILE) => readFileSync(join(office.environment.content, file), "utf8");
const rules = ({ body }: Sent): string[] => body.problems.map(({ rule }: { rule: string }) => rule);

describe("the write API", () => {
  it("writes byte for byte what the commands write, and says where", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    const made = await post(office, "/api/incidents", token, DECLARATION);
    expect(made).toMatchObject({ status: 201, body: { slug: SLUG, file: FILE, commit: { kind: "no-work-tree" } } });
    expect(made.headers.get("location")).toBe(`/incidents/${SLUG}`);
    office.clock += 600_000;
    const said = { status: "resolved", message: "It is fast again.", components: { api: "operational" } } as const;
    expect(await post(office, `/api/incidents/${SLUG}/updates`, token, said)).toMatchObject({ status: 201 });

    const other = await openOffice();
    const { title, message, components: effects } = DECLARATION;
    const declared = {
      title,
      message,
      effects: effects as never,
      at: "now",
      status: "investigating",
      draft: false,
    } as const;
    await declareIncident(await openContentFolder(other.environment, NOW), declared, NOW);
    const contentFolder = await openContentFolder(other.environment, NOW + 600_000);
    const found = await contentFolder.find(SLUG);
    if ("reason" in found) throw new Error("not found");
    await writeUpdate(contentFolder, found, { ...said, effects: said.components, at: "now" }, NOW + 600_000);
    expect(withoutIds(written(office))).toBe(withoutIds(written(other)));
    expect(office.faults).toEqual([]);
  });

  it("refuses a request without a token, with a wrong one, and after many wrong ones tells to wait", async () => {
    const office = await openOffice();
    const none = await post(office, "/api/incidents", undefined, DECLARATION);
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Candor"']);
    const guess = () => post(office, "/api/incidents", "candor_wrong", DECLARATION);
    const wrong = await guess();
    expect([wrong.status, wrong.headers.get("www-authenticate")]).toEqual([
      401,
      'Bearer realm="Candor", error="invalid_token"',
    ]);
    for (let count = 1; count < 10; count += 1) expect((await guess()).status).toBe(401);
    const late = await guess();
    expect([late.status, Number(late.headers.get("retry-after")) > 0]).toEqual([429, true]);
    const right = await post(office, "/api/incidents", await office.token("author"), DECLARATION);
    expect(right.status, "nobody is locked out by others").toBe(201);
  });

  it("opens drafts for machines", async () => {
    const office = await openOffice();
    await post(office, "/api/incidents", await office.token("machine"), DECLARATION);
    expect(written(office)).toContain("draft: true");
  });
});

describe("what the write API refuses", () => {
  it.each([
    ["reader", "/api/incidents", DECLARATION, 403],
    ["machine", "/api/incidents", { ...DECLARATION, draft: false }, 403],
    ["machine", "/api/incidents", DECLARATION, 201],
    ["author", "/api/publish", {}, 403],
    ["machine", "/api/publish", {}, 403],
    ["publisher", "/api/publish", {}, 200],
  ] as const)("answers a %s at %s with %o: %i", async (role, path, body, status) => {
    const office = await openOffice();
    expect(await post(office, path, await office.token(role), body)).toMatchObject({ status });
  });

  it("refuses what is too large, not JSON, or not declared as JSON, before it is looked at", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    const send = (body: string, headers?: Record<string, string>) =>
      post(office, "/api/incidents", token, body, headers);
    expect(await send(JSON.stringify({ title: "x".repeat(70_000) }))).toMatchObject({ status: 413 });
    expect(await send("{ title")).toMatchObject({ status: 400 });
    expect(await send("title=a", { "content-type": "application/x-www-form-urlencoded" })).toMatchObject({
      status: 415,
    });
    expect(await send("{}", { "content-encoding": "gzip" })).toMatchObject({ status: 415 });
    const got = await fetch(`${office.url}/api/incidents`);
    expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await fetch(`${office.url}/api/other`)).status, "the pages answer").toBe(404);
  });

  it("stops reading a body that never ends", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(10_000)) });
    const asked = fetch(`${office.url}/api/incidents`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(
      await asked.then(
        ({ status }) => status,
        () => "cut off",
      ),
    ).toBeOneOf([413, "cut off"]);
  });
});

describe("what the write API says of a fault", () => {
  it("names the field, what is wrong with it and what to do", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    const body = { titel: "A", message: " ", components: { api: "slow" }, draft: "yes", at: "soonish" };
    expect((await post(office, "/api/incidents", token, body)).body.problems).toMatchInlineSnapshot(`
      [
        {
          "field": "title",
          "message": "“title” is missing.",
          "place": {
            "column": 1,
            "file": "request#/title",
            "line": 1,
          },
          "remedy": "Add it.",
          "rule": "missing-key",
          "severity": "error",
        },
        {
          "field": "message",
          "message": "“message” is empty.",
          "place": {
            "column": 1,
            "file": "request#/message",
            "line": 1,
          },
          "remedy": "Write something there.",
          "rule": "wrong-value",
          "severity": "error",
        },
        {
          "field": "components.api",
          "message": "“components.api” is “slow”, which is none of its values.",
          "place": {
            "column": 1,
            "file": "request#/components/api",
            "line": 1,
          },
          "remedy": "It can be operational, under_maintenance, degraded_performance, partial_outage, major_outage.",
          "rule": "unknown-value",
          "severity": "error",
        },
        {
          "field": "draft",
          "message": "“draft” is “yes”, not true or false.",
          "place": {
            "column": 1,
            "file": "request#/draft",
            "line": 1,
          },
          "remedy": "Write one.",
          "rule": "wrong-type",
          "severity": "error",
        },
        {
          "field": "titel",
          "message": "“titel” is not a field of this request.",
          "place": {
            "column": 1,
            "file": "request#/titel",
            "line": 1,
          },
          "remedy": "Did you mean “title”? Fields are title, message, status, impact, components, at, started, nextUpdate, expectedEnd, slug, draft, dryRun.",
          "rule": "unknown-key",
          "severity": "error",
        },
      ]
    `);
    const unclear = await post(office, "/api/incidents", token, { ...DECLARATION, at: "soonish" });
    expect(unclear).toMatchObject({ status: 422, body: { problems: [{ rule: "bad-time", field: "at" }] } });
    const unknown = await post(office, "/api/incidents", token, {
      ...DECLARATION,
      components: { apo: "major_outage" },
    });
    expect([unknown.status, ...rules(unknown)]).toEqual([422, "unknown-component"]);
    const nowhere = await post(office, "/api/incidents/nothing/updates", token, { message: "x", status: "resolved" });
    expect([nowhere.status, ...rules(nowhere)]).toEqual([404, "slug"]);
    const outside = await post(office, "/api/incidents", token, { ...DECLARATION, slug: "../../outside" });
    expect([outside.status, ...rules(outside)]).toEqual([422, "slug"]);
    expect(readdirSync(office.environment.content)).toEqual(["site.yaml"]);
  });
});

describe("the write API while the database is away", () => {
  it("says so, and neither calls a token wrong nor needs the database where there is none", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    await office.database.close();
    const wrong = Array.from({ length: 12 }, () => "candor_wrong");
    for (const sent of [token, ...wrong]) {
      const refused = await post(office, "/api/incidents", sent, DECLARATION);
      expect([refused.status, ...rules(refused)]).toEqual([503, "database-away"]);
    }
    expect(await post(office, "/api/incidents", undefined, DECLARATION)).toMatchObject({ status: 401 });
    const page = await fetch(`${office.url}/operator/-/sign-in`, {
      method: "POST",
      headers: { origin: office.url, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ token }),
    });
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining("The database does not answer")]);
    expect(readdirSync(office.environment.content)).toEqual(["site.yaml"]);
  });
});

describe("the write API asked again", () => {
  it("does once what is sent twice with one key", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    await post(office, "/api/incidents", token, DECLARATION);
    const path = `/api/incidents/${SLUG}/updates`;
    const said = { message: "A cache is full.", status: "identified" };
    const key = { "idempotency-key": "one" };
    const first = await post(office, path, token, said, key);
    const again = await post(office, path, token, said, key);
    expect([first.status, first.headers.get("idempotent-replayed")]).toEqual([201, null]);
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(again.body).toEqual(first.body);
    expect(written(office).match(/A cache is full/g)).toHaveLength(1);

    expect(await post(office, path, token, { ...said, message: "Else." }, key)).toMatchObject({ status: 422 });
    const other = await office.token("author", "other");
    expect(await post(office, path, other, said, key), "another's key is another key").toMatchObject({ status: 201 });
    const both = await Promise.all([1, 2].map(() => post(office, path, token, said, { "idempotency-key": "two" })));
    expect(both.map(({ status }) => status).sort()).toBeOneOf([
      [201, 201],
      [201, 409],
    ]);
    expect(written(office).match(/A cache is full/g)).toHaveLength(3);
  });

  it("does nothing for a key that was refused, so it can be used again", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    const key = { "idempotency-key": "one" };
    expect(await post(office, "/api/incidents", token, {}, key)).toMatchObject({ status: 422 });
    expect(await post(office, "/api/incidents", token, DECLARATION, key)).toMatchObject({ status: 201 });
  });

  it("shows what a request would write, and writes nothing", async () => {
    const office = await openOffice();
    const shown = await post(office, "/api/incidents", await office.token("author"), { ...DECLARATION, dryRun: true });
    expect(shown).toMatchObject({
      status: 200,
      body: { dryRun: true, slug: SLUG, warnings: expect.any(Array) },
    });
    expect(shown.body.text).toContain("title: The API answers slowly");
    expect(readdirSync(office.environment.content)).toEqual(["site.yaml"]);
  });

  it("refuses a change to a file that has changed since it was seen, and shows what changed", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    const { body } = await post(office, "/api/incidents", token, DECLARATION);
    const file = join(office.environment.content, FILE);
    writeFileSync(file, written(office).replace("slowly", "very slowly"));
    const said = { message: "A cache is full.", status: "identified", version: body.version };
    const refused = await post(office, `/api/incidents/${SLUG}/updates`, token, said);
    expect([refused.status, ...rules(refused)]).toEqual([409, "changed"]);
    expect(refused.body.diff).toContain("-title: The API answers slowly\n+title: The API answers very slowly\n");
    const after = { ...said, version: refused.body.version };
    expect(await post(office, `/api/incidents/${SLUG}/updates`, token, after)).toMatchObject({ status: 201 });
  });
});

describe("the write API and git", () => {
  it("commits each file in the name of its token, and nothing else", async () => {
    const office = await openOffice();
    const { content } = office.environment;
    git(content, "init", "--quiet", "--initial-branch=main");
    git(content, "add", "--all");
    git(content, "commit", "--quiet", "--message=Begin");
    writeFileSync(join(content, "notes.txt"), "staged");
    git(content, "add", "notes.txt");
    const token = await office.token("author", "Anna Example");
    const made = await post(office, "/api/incidents", token, DECLARATION);
    expect(made.body.commit).toEqual({ kind: "committed", id: git(content, "rev-parse", "HEAD").trim() });
    await post(office, `/api/incidents/${SLUG}/updates`, token, { message: "Done.", status: "resolved" });
    expect(git(content, "log", "--format=%an <%ae>|%s", "--name-only").trim()).toBe(
      [
        `Anna Example <anna-example@candor.invalid>|Resolve ${SLUG}\n\n${FILE}`,
        `Anna Example <anna-example@candor.invalid>|Declare ${SLUG}\n\n${FILE}`,
        "Somebody Else <else@example.com>|Begin\n\nsite.yaml",
      ].join("\n"),
    );
    expect(git(content, "status", "--porcelain").trim()).toBe("A  notes.txt");
  });

  it("writes even when git cannot commit, and says why", async () => {
    const office = await openOffice({ ".gitignore": "2026/\n" });
    git(office.environment.content, "init", "--quiet");
    const made = await post(office, "/api/incidents", await office.token("author"), DECLARATION);
    expect(made).toMatchObject({
      status: 201,
      body: { commit: { kind: "failed", why: expect.stringContaining("ignored") } },
    });
    expect(written(office)).toContain("title: The API answers slowly");
  });

  it("publishes what was written", async () => {
    const office = await openOffice();
    const token = await office.token("publisher");
    await post(office, "/api/incidents", token, DECLARATION);
    const shown = { dryRun: true, isChange: true, added: [{ slug: SLUG, title: DECLARATION.title }] };
    for (const _ of ["first", "again"]) {
      expect(await post(office, "/api/publish", token, { dryRun: true })).toMatchObject({ status: 200, body: shown });
    }
    expect(await post(office, "/api/publish", token, {})).toMatchObject({
      status: 200,
      body: { snapshot: 1, isChange: true, entries: 1 },
    });
  });
});
