import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { declareIncident, planMaintenance, writeUpdate } from "#lib/content/folder/write.ts";
import { publish } from "#lib/publishing/publish.ts";
import { git, NOW, type Office, openOffice, withoutIds } from "./office.ts";
import { Person } from "./person.ts";

const SLUG = "2026-11-22-the-api-answers-slowly";
const FILE = `2026/${SLUG}.md`;
const DECLARED = {
  title: "The API answers slowly",
  message: "We are looking into it.\r\n\r\nMore soon.",
  status: "investigating",
  impact: "",
  at: "now",
  started: "",
  "effect.api": "degraded_performance",
  "effect.labels": "",
};

const written = (office: Office, file = FILE) => readFileSync(join(office.environment.content, file), "utf8");

describe("what is written on the operator's page", () => {
  it("is byte for byte what the commands write", async () => {
    const office = await openOffice();
    const anna = await Person.of(office, "author");
    expect(await anna.post("/operator/-/declare", { ...DECLARED, step: "write" })).toMatchObject({
      status: 303,
      location: `/operator/${SLUG}`,
    });
    office.clock += 600_000;
    const update = {
      status: "resolved",
      message: "It is fast again.",
      at: "2 minutes ago",
      "effect.api": "operational",
    };
    expect(await anna.post(`/operator/${SLUG}`, { ...update, step: "write" })).toMatchObject({ status: 303 });
    const plan = {
      title: "Database upgrade",
      message: "Short interruptions.",
      start: "tomorrow 22:00",
      end: "tomorrow 23:30",
    };
    await anna.post("/operator/-/maintain", { ...plan, "component.api": "yes", step: "write" });

    const other = await openOffice();
    const later = NOW + 600_000;
    const message = "We are looking into it.\n\nMore soon.";
    const said = { title: DECLARED.title, message, at: "now", status: "investigating", draft: false } as const;
    await declareIncident(
      await openContentFolder(other.environment, NOW),
      { ...said, effects: { api: "degraded_performance" } },
      NOW,
    );
    const contentFolder = await openContentFolder(other.environment, later);
    const found = await contentFolder.find(SLUG);
    if ("reason" in found) throw new Error("not found");
    await writeUpdate(
      contentFolder,
      found,
      { status: "resolved", message: update.message, at: update.at, effects: { api: "operational" } },
      later,
    );
    await planMaintenance(contentFolder, { ...plan, components: ["api"] }, later);
    expect(withoutIds(written(office))).toBe(withoutIds(written(other)));
    const maintenance = "2026/2026-11-23-database-upgrade.md";
    expect(withoutIds(written(office, maintenance))).toBe(withoutIds(written(other, maintenance)));
    expect(office.faults).toEqual([]);
  });

  it("is looked at first, as customers will read it, and nothing is written by that", async () => {
    const office = await openOffice();
    const anna = await Person.of(office);
    const shown = await anna.post("/operator/-/declare", { ...DECLARED, message: "**Slow** <b>", step: "preview" });
    expect(shown.status).toBe(200);
    expect(shown.html).toContain("<p><strong>Slow</strong>");
    expect(() => written(office)).toThrow("ENOENT");
  });

  it("comes back in its form with what is in the way of it", async () => {
    const office = await openOffice();
    const anna = await Person.of(office);
    const wrong = { ...DECLARED, at: "soonish", message: "A </textarea><script>" };
    const { status, html } = await anna.post("/operator/-/declare", { ...wrong, step: "preview" });
    expect(status).toBe(422);
    expect(html).toContain('<a href="#at">“soonish” is not a time.</a>');
    expect(html).toContain('value="soonish"');
    expect(html).toContain("A &lt;/textarea&gt;&lt;script&gt;");
    expect(html).toContain('<option value="degraded_performance" selected="">');
  });
});

describe("a form of the operator's page that is sent again or late", () => {
  it("is written once, however often its form is sent", async () => {
    const office = await openOffice();
    const anna = await Person.of(office);
    await anna.post("/operator/-/declare", { ...DECLARED, step: "write" });
    const fields = { status: "identified", message: "A cache is full.", at: "now", key: "one", step: "write" };
    const path = `/operator/${SLUG}`;
    const sent = await Promise.all([1, 2, 3].map(() => anna.post(path, fields)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(written(office).match(/A cache is full/g)).toHaveLength(1);
  });

  it("is refused when the file has changed since it was seen, with what changed, and nothing typed is lost", async () => {
    const office = await openOffice();
    const anna = await Person.of(office);
    await anna.post("/operator/-/declare", { ...DECLARED, step: "write" });
    const page = await anna.get(`/operator/${SLUG}`);
    const version = /name="version" value="(\w+)"/.exec(page.html)?.[1] ?? "";
    writeFileSync(join(office.environment.content, FILE), written(office).replace("slowly", "not at all"));
    const update = { status: "identified", message: "A cache is full.", at: "now", version, step: "write" };
    const refused = await anna.post(`/operator/${SLUG}`, update);
    expect(refused.status).toBe(409);
    expect(refused.html).toContain("<ins>+title: The API answers not at all\n</ins>");
    expect(refused.html).toContain("A cache is full.</textarea>");
    const again = /name="version" value="(\w+)"/.exec(refused.html)?.[1] ?? "";
    expect(await anna.post(`/operator/${SLUG}`, { ...update, version: again })).toMatchObject({ status: 303 });
  });

  it("stops being a draft when somebody says so, by one line", async () => {
    const office = await openOffice();
    const anna = await Person.of(office);
    await anna.post("/operator/-/declare", { ...DECLARED, draft: "yes", step: "write" });
    const draft = written(office);
    const version = /name="version" value="(\w+)"/.exec((await anna.get(`/operator/${SLUG}`)).html)?.[1] ?? "";
    expect(await anna.post(`/operator/${SLUG}`, { version, step: "end-draft" })).toMatchObject({ status: 303 });
    expect(written(office)).toBe(draft.replace("draft: true\n", ""));
    expect((await anna.get(`/operator/${SLUG}`)).html).not.toContain("This is a draft");
  });

  it("is committed in the name of the token, and taken back with a commit", async () => {
    const office = await openOffice();
    const { content } = office.environment;
    git(content, "init", "--quiet", "--initial-branch=main");
    git(content, "add", "--all");
    git(content, "commit", "--quiet", "--message=Begin");
    const anna = await Person.of(office, "author", "Anna Example");
    await anna.post("/operator/-/declare", { ...DECLARED, step: "write" });
    const at = /name="at" value="(\d+)"/.exec((await anna.get("/operator/-/undo")).html)?.[1] ?? "";
    expect(await anna.post("/operator/-/undo", { at: "1", step: "write" }), "another change").toMatchObject({
      status: 409,
    });
    expect(await anna.post("/operator/-/undo", { at, step: "write" })).toMatchObject({ status: 303 });
    expect(git(content, "log", "--format=%an|%s").trim().split("\n")).toEqual([
      `Anna Example|Take back the last change to ${FILE}`,
      `Anna Example|Declare ${SLUG}`,
      "Somebody Else|Begin",
    ]);
    expect(git(content, "status", "--porcelain")).toBe("");
  });
});

describe("publishing from the operator's page", () => {
  it("shows what would change, and publishes exactly that", async () => {
    const office = await openOffice();
    const anna = await Person.of(office, "publisher", "Anna");
    await anna.post("/operator/-/declare", { ...DECLARED, step: "write" });
    const seenIn = (html: string) => /name="seen" value="(\w+)"/.exec(html)?.[1] ?? "";
    const shown = await anna.get("/operator/-/publish");
    expect(shown.html).toContain("<strong>New: </strong><bdi>The API answers slowly</bdi>");
    writeFileSync(join(office.environment.content, FILE), written(office).replace("slowly", "not at all"));
    const late = await anna.post("/operator/-/publish", { seen: seenIn(shown.html), step: "write" });
    expect(late.status).toBe(409);
    expect(late.html).toContain("This has changed since you looked.");
    const done = await anna.post("/operator/-/publish", { seen: seenIn(late.html), step: "write" });
    expect(done).toMatchObject({ status: 303, location: "/operator" });
    expect((await anna.get("/operator")).html).toContain("Published: snapshot 1.");
    expect((await anna.get("/operator/-/publish")).html).toContain("Nothing would change for readers.");
  });

  it("goes back to what readers saw before", async () => {
    const office = await openOffice();
    await publish(office.environment, { now: NOW });
    const anna = await Person.of(office);
    await anna.post("/operator/-/declare", { ...DECLARED, step: "write" });
    await publish(office.environment, { now: NOW + 1 });
    const shown = await anna.get("/operator/-/rollback");
    expect(shown.html).toContain("<strong>Gone: </strong><bdi>The API answers slowly</bdi>");
    const seen = /name="seen" value="(\w+)"/.exec(shown.html)?.[1] ?? "";
    expect(await anna.post("/operator/-/rollback", { seen, step: "write" })).toMatchObject({ status: 303 });
  });

  it("publishes nothing with an error in any file, and says where it is", async () => {
    const office = await openOffice({ "2026/bad.md": "---\ntitle: A\nimpact: huge\n---\n" });
    const anna = await Person.of(office);
    const { html } = await anna.get("/operator/-/publish");
    expect(html).toContain("2026/bad.md, line 3");
    expect(html).not.toContain("Publish this");
  });
});

describe("who gets to the operator's page", () => {
  it.each([
    ["reader", "/operator/-/declare", 403],
    ["author", "/operator/-/publish", 403],
  ] as const)("a %s cannot send %s", async (role, path, status) => {
    const office = await openOffice();
    const person = await Person.of(office, role);
    expect(await person.post(path, { ...DECLARED, seen: "x", step: "write" })).toMatchObject({ status });
    expect(() => written(office)).toThrow("ENOENT");
  });

  it("refuses machines, wrong tokens, and sessions whose token is gone or that have lasted too long", async () => {
    const office = await openOffice();
    const nobody = new Person(office, {});
    const asked = { status: 200, html: expect.stringContaining('name="token"') };
    expect(await nobody.get("/operator")).toMatchObject(asked);
    expect(await nobody.post("/operator/-/sign-in", { token: "candor_wrong" })).toMatchObject({ status: 401 });
    const machine = await office.token("machine");
    expect(await nobody.post("/operator/-/sign-in", { token: machine })).toMatchObject({ status: 403 });
    const anna = await Person.of(office, "author", "Anna");
    expect((await anna.get("/operator")).html).toContain("Declare an incident");
    office.clock += 13 * 60 * 60_000;
    expect(await anna.get("/operator")).toMatchObject(asked);
    const bo = await Person.of(office, "author", "Bo");
    await office.tokens.remove("Bo", office.clock);
    expect(await bo.get("/operator")).toMatchObject(asked);
  });

  it("sets a cookie that no script, no other site and no other path gets", async () => {
    const office = await openOffice({}, { operator: "public" });
    const token = await office.token("author");
    const visitor = new Person(office, {});
    const { cookie } = await visitor.post("/operator/-/sign-in", { token }, { "x-forwarded-proto": "https" });
    expect(cookie).toMatch(
      /^candor_operator=[\w-]{43}; Path=\/operator; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/,
    );
    expect((await visitor.post("/operator/-/sign-in", { token })).cookie).not.toContain("Secure");
  });
});

describe("forms of the operator's page", () => {
  it("do nothing when they come from another site, or without the session's mark", async () => {
    const office = await openOffice();
    const anna = await Person.of(office);
    const fields = { ...DECLARED, step: "write" };
    const path = "/operator/-/declare";
    expect(await anna.post(path, fields, { origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await anna.post(path, fields, { origin: "null" })).toMatchObject({ status: 403 });
    expect(await anna.post(path, { ...fields, csrf: "x".repeat(43) })).toMatchObject({ status: 403 });
    expect(await anna.post(path, { ...fields, csrf: "é".repeat(43) })).toMatchObject({ status: 403 });
    expect(() => written(office)).toThrow("ENOENT");
  });

  it("keep what was typed when the session has ended meanwhile", async () => {
    const office = await openOffice();
    const anna = await Person.of(office, "author", "Anna");
    office.clock += 13 * 60 * 60_000;
    const { html } = await anna.post("/operator/-/declare", { ...DECLARED, step: "write" });
    const carried = [...html.matchAll(/name="(carried\.[^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    const token = await office.token("author", "again");
    const { cookie, location } = await anna.post("/operator/-/sign-in", {
      ...Object.fromEntries(carried),
      next: "/operator/-/declare",
      token,
    });
    const again = new Person(office, { cookie: cookie?.split(";")[0] ?? "" });
    expect((await again.get(location ?? "")).html).toContain('value="The API answers slowly"');
  });

  it("lead nowhere but to itself after signing in", async () => {
    const office = await openOffice();
    const token = await office.token("author");
    for (const next of ["//evil.example", "https://evil.example", "/operator/\\evil", "/"]) {
      const sent = await new Person(office, {}).post("/operator/-/sign-in", { token, next });
      expect(sent.location).toBe("/operator");
    }
  });
});

describe("where the operator's page answers", () => {
  it.each([
    ["x-forwarded-for", { "x-forwarded-for": "127.0.0.1" }],
    ["forwarded", { forwarded: "for=127.0.0.1" }],
    ["via", { via: "1.1 proxy" }],
    ["another name for this machine", { host: "rebound.example" }],
  ])("is refused on loopback behind a proxy: %s", async (_, headers) => {
    const office = await openOffice();
    const person = new Person(office, headers);
    expect(await person.get("/operator")).toMatchObject({ status: 403 });
  });

  it("needs TLS where it is public, and is not there where it is off", async () => {
    const open = new Person(await openOffice({}, { operator: "public" }), { host: "status.tidewater.example" });
    expect(await open.get("/operator")).toMatchObject({ status: 403 });
    const behind = new Person(open.office, { ...open.headers, "x-forwarded-proto": "https" });
    expect(await behind.get("/operator")).toMatchObject({ status: 200 });
    const off = new Person(await openOffice({}, { operator: "off" }), {});
    expect(await off.get("/operator")).toMatchObject({ status: 404, html: "a page" });
  });
});
