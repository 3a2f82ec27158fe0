import { expect, test } from "vitest";
import { publish } from "#lib/publishing/publish.ts";
import { databaseOf } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { setAside } from "#lib/store/set-aside.ts";
import { put } from "./content-folder.ts";
import { NOW, type Office, openOffice } from "./office.ts";
import { Person } from "./person.ts";
import { subscribe } from "./subscribers.ts";

const PAGE = "/operator/-/delivery";
const ENTRY = `---
title: Labels are late
impact: major
components: [labels]
updates:
  - { at: 2026-11-22T09:59Z, status: investigating, body: We are looking into it. }
---
`;

/** An installation that is about to tell two subscribers of an incident; `site` goes into its site.yaml. */
async function about(): Promise<Office> {
  const office = await openOffice({ "old.md": ENTRY.replaceAll("2026-11-22", "2026-01-02") });
  await publish(office.environment, { now: NOW, isQuiet: true });
  await subscribe(office.environment, ["a@x.example", "b@x.example"], NOW);
  put(office.environment.content, "2026/labels.md", ENTRY);
  return office;
}

async function told(): Promise<{ office: Office; notice: string }> {
  const office = await about();
  await publish(office.environment, { now: NOW, by: "anna" });
  const { html } = await (await Person.of(office, "author", "reader")).get(PAGE);
  return { office, notice: /delivery\/([a-z\d]{24})"/.exec(html)?.[1] ?? "" };
}

test("publishing says whom it tells what, and is refused when somebody else would be told meanwhile", async () => {
  const office = await about();
  const anna = await Person.of(office);
  const { html } = await anna.get("/operator/-/publish");
  expect(html).toContain("Publish this, and tell 2 subscribers");
  expect(html).toContain("New incident: Labels are late");
  expect(html).toContain("This is the first notice that anybody gets.");
  const seen = /name="seen" value="(\w+)"/.exec(html)?.[1] ?? "";
  await subscribe(office.environment, ["c@x.example"], NOW, 2);
  const refused = await anna.post("/operator/-/publish", { seen, step: "write" });
  expect(refused.status).toBe(409);
  expect(refused.html).toContain("tell 3 subscribers");
  const again = /name="seen" value="(\w+)"/.exec(refused.html)?.[1] ?? "";
  expect(await anna.post("/operator/-/publish", { seen: again, step: "write" })).toMatchObject({ status: 303 });
});

test("one button halts everything, says who did not receive it, and another lets it go on", async () => {
  const { office } = await told();
  const anna = await Person.of(office);
  expect((await anna.get(PAGE)).html).toContain("0 of 2 received it, 2 did not yet");
  expect(await anna.post(PAGE, { scope: "all", why: "Wrong text", step: "halt" })).toMatchObject({ status: 303 });
  const { html } = await anna.get(PAGE);
  expect(html).toContain("0 received what was under way, 2 did not.");
  expect(html).toContain("Wrong text");
  // What is not a halt in force resumes nothing.
  await anna.post(PAGE, { scope: "everything", step: "resume" });
  expect((await anna.get(PAGE)).html).toContain("Nothing was halted there.");
  await anna.post(PAGE, { scope: "all", step: "resume" });
  const after = await anna.get(PAGE);
  expect(after.html).toContain("It goes on.");
  expect(after.html).not.toContain("Wrong text");
});

test("resuming everything leaves a notice halted that was halted by itself", async () => {
  const { office, notice } = await told();
  const anna = await Person.of(office);
  await anna.post(PAGE, { scope: `notice:${notice}`, why: "Never send this", step: "halt" });
  await anna.post(PAGE, { scope: "all", why: "Stop it all", step: "halt" });
  await anna.post(PAGE, { scope: "all", step: "resume" });
  const { html } = await anna.get(PAGE);
  expect(html).toContain("Never send this");
  expect(html).not.toContain("Stop it all");
});

test("an author sees it all and stops nothing", async () => {
  const { office, notice } = await told();
  const ben = await Person.of(office, "author");
  expect((await ben.get(PAGE)).html).not.toContain("HALT");
  expect(await ben.post(PAGE, { scope: "all", step: "halt" })).toMatchObject({ status: 403 });
  const { html } = await ben.get(`${PAGE}/${notice}`);
  expect(html).toContain("a…@x….example");
  expect(html).not.toContain("a@x.example");
  expect(await ben.post(`${PAGE}/${notice}`, { message: "It was wrong.", step: "write" })).toMatchObject({
    status: 403,
  });
});

test("a correction is looked at first, and the ledger is checked on request", async () => {
  const { office, notice } = await told();
  const anna = await Person.of(office);
  const shown = await anna.post(`${PAGE}/${notice}`, { message: "It was **wrong**.", step: "preview" });
  expect(shown.html).toContain("To 0 who received it, or may have");
  expect(shown.html).toContain("It was wrong.");
  const unsafe = await anna.post(`${PAGE}/${notice}`, { message: "Ask b@x.example.", step: "write" });
  expect(unsafe.status).toBe(409);
  expect(unsafe.html).not.toContain("b@x.example.”");
  expect(await anna.post(`${PAGE}/${notice}`, { message: "It was wrong.", step: "write" })).toMatchObject({
    status: 303,
  });
  const again = await anna.post(`${PAGE}/${notice}`, { message: "It was wrong.", step: "write" });
  expect(again).toMatchObject({ status: 409, html: expect.stringContaining("has just been corrected so") });
  expect((await anna.post(PAGE, { step: "verify" })).html).toContain("The ledger is whole");
});

test("the page says how many addresses nothing arrives at any more", async () => {
  const { office } = await told();
  const anna = await Person.of(office);
  expect((await anna.get(PAGE)).html).not.toContain("set aside");
  await using database = await openDatabase(databaseOf(office.environment));
  await database.transaction((transaction) => setAside(transaction, "subscription0", "It came back.", NOW));
  expect((await anna.get(PAGE)).html).toContain("One address is set aside, as nothing arrived there");
});

test("a clock in doubt is said on the first page, and whoever may publish can say there that it is right", async () => {
  const office = await openOffice({}, { watchesClock: true });
  await publish(office.environment, { now: NOW, isQuiet: true });
  const [anna, ada] = [await Person.of(office), await Person.of(office, "author")];
  expect((await anna.get("/operator")).html).not.toContain("The clock of this machine");
  expect(await anna.post("/operator", { step: "clock-is-right" })).toMatchObject({ status: 303 });
  office.clock += 3_600_000;
  put(office.environment.content, "2026/labels.md", ENTRY);
  const doubted = "The clock of this machine says 2026-11-22 11:00Z, but by the time that has passed";
  expect((await ada.get("/operator")).html).toContain(doubted);
  expect((await ada.post("/operator", { step: "clock-is-right" })).status).toBe(403);
  const shown = await anna.get("/operator/-/publish");
  const seen = /name="seen" value="([^"]+)"/.exec(shown.html)?.[1] ?? "";
  const refused = await anna.post("/operator/-/publish", { seen, step: "write" });
  expect(refused).toMatchObject({ status: 409, html: expect.stringContaining(doubted) });
  expect((await anna.get("/operator")).html).toContain("The clock is right</button>");
  expect(await anna.post("/operator", { step: "clock-is-right" })).toMatchObject({ status: 303 });
  const after = (await anna.get("/operator")).html;
  expect(after).toContain("The clock is believed again");
  expect(after).not.toContain("Is the clock right?");
  expect(await anna.post("/operator/-/publish", { seen, step: "write" })).toMatchObject({ status: 303 });
});

test("once everything is halted, to resume comes before to halt more", async () => {
  const { office } = await told();
  const anna = await Person.of(office);
  await anna.post(PAGE, { scope: "all", why: "Stop it all", step: "halt" });
  const { html } = await anna.get(PAGE);
  expect(html.indexOf("Resume</button>")).toBeGreaterThan(0);
  expect(html.indexOf("Resume</button>")).toBeLessThan(html.indexOf("HALT</button>"));
});
