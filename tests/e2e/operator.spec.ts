import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type Tokens, withTokens } from "#lib/access/tokens.ts";
import type { Role } from "#lib/model/access.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { violationsOf } from "./support/axe.ts";
import { candor, type Folders, serve, temporary } from "./support/candor.ts";
import { writeSite, ZONE } from "./support/content.ts";
import { test, withAndWithoutScript } from "./support/test.ts";

/** A moment in the past, so that what is written does not depend on when the test runs. */
const BEGUN = "2026-11-02T03:10+01:00";
const IDENTIFIED = "2026-11-02T03:20+01:00";
const RESOLVED = "2026-11-02T03:40+01:00";
const SLUG = "2026-11-02-the-api-answers-slowly";
const MESSAGE = "Some requests take a minute.\n\nWe are **looking into it**.";

function folders(root: string): Folders {
  const made = { content: join(root, "content"), data: join(root, "data") };
  writeSite(made.content, {
    name: "Tidewater Parcels",
    url: "https://status.tidewater.example",
    timezone: ZONE,
    components: [
      { id: "api", name: "API" },
      { id: "labels", name: "Label printing" },
    ],
  });
  return made;
}

async function token({ data }: Folders, role: Role): Promise<string> {
  const environment = readEnvironment({ CANDOR_DATA: data });
  const add = (tokens: Tokens) => tokens.add({ name: "Anna Example", role }, Date.now());
  return (await withTokens(environment, add)) ?? "";
}

async function signIn(page: Page, url: string, secret: string): Promise<void> {
  await page.goto(`${url}/operator`);
  await page.getByLabel("Token").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

test.describe("on a phone", () => {
  test.use(PHONE);

  withAndWithoutScript(() => {
    test("an incident is declared, updated, resolved and published, as the commands write it", async ({ page }) => {
      test.slow();
      using root = temporary("operator");
      const here = folders(join(root.path, "here"));
      await using server = await serve(here);
      await signIn(page, server.url, await token(here, "publisher"));

      await page.getByRole("link", { name: "Declare an incident" }).click();
      await page.getByLabel("Title").fill("The API answers slowly");
      await page.getByLabel("What customers read").fill(MESSAGE);
      await page.getByLabel("API", { exact: true }).selectOption("Degraded performance");
      await page.getByLabel("When", { exact: true }).fill(BEGUN);
      await page.getByRole("button", { name: "Preview" }).click();
      const preview = page.getByRole("region", { name: "Preview" });
      await expect(preview.getByText("looking into it")).toHaveCSS("font-weight", "700");
      await preview.getByRole("button", { name: "Save (not public yet)" }).click();
      await expect(page.getByRole("status")).toContainText(`Written to 2026/${SLUG}.md.`);

      await page.getByLabel("Status").selectOption("Identified");
      await page.getByLabel("What customers read").fill("A cache is full.");
      await page.getByText("Components", { exact: true }).click();
      await page.getByLabel("Label printing").selectOption("Partial outage");
      await page.getByLabel("When", { exact: true }).fill(IDENTIFIED);
      await page.getByRole("button", { name: "Preview" }).click();
      await page.getByRole("button", { name: "Save (not public yet)" }).click();

      await page.getByLabel("Status").selectOption("Resolved");
      await page.getByLabel("What customers read").fill("Requests are fast again.");
      await page.getByLabel("When", { exact: true }).fill(RESOLVED);
      await page.getByRole("button", { name: "Preview" }).click();
      await page.getByRole("button", { name: "Save (not public yet)" }).click();

      await page.getByRole("link", { name: "Publish" }).click();
      await expect(page.getByRole("listitem").filter({ hasText: "New: The API answers slowly" })).toBeVisible();
      await page.getByRole("button", { name: "Publish this" }).click();
      await expect(page.getByRole("status")).toContainText("Published: snapshot 2.");
      await expect(async () => {
        expect((await page.goto(`${server.url}/incidents/${SLUG}`))?.status()).toBe(200);
      }).toPass();
      await expect(page.getByText("Requests are fast again.")).toBeVisible();

      const there = folders(join(root.path, "there"));
      const declared = ["--component", "api=degraded_performance", "--at", BEGUN, "-m", MESSAGE];
      await candor(["new", "The API answers slowly", ...declared], there);
      const worse = ["--component", "labels=partial_outage", "--at", IDENTIFIED, "-m", "A cache is full."];
      await candor(["update", SLUG, "--status", "identified", ...worse], there);
      await candor(["resolve", SLUG, "--at", RESOLVED, "-m", "Requests are fast again."], there);
      const [ours, theirs] = [here, there].map(({ content }) => readFileSync(join(content, `2026/${SLUG}.md`), "utf8"));
      // Ids are drawn by lot: each file has its own, in the same places.
      const withoutIds = (text = "") => text.replace(/^( *id:) [a-z0-9]+$/gm, "$1");
      expect(withoutIds(ours).match(/^ *id:$/gm)).toHaveLength(4);
      expect(withoutIds(ours)).toBe(withoutIds(theirs));
    });
  });
});

test.describe("the operator's forms on a phone", () => {
  test.use(PHONE);

  test("what is wrong is said at its field, and what was typed stays", async ({ page }) => {
    using root = temporary("operator");
    const here = folders(root.path);
    await using server = await serve(here);
    await signIn(page, server.url, await token(here, "author"));
    await page.getByRole("link", { name: "Announce maintenance" }).click();
    await page.getByLabel("Title").fill("Database upgrade");
    await page.getByLabel("What customers read").fill("Short interruptions.");
    await page.getByLabel("Begins").fill("soonish");
    await page.getByLabel("Ends").fill("tomorrow 23:00");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByRole("link", { name: "“soonish” is not a time." }).click();
    await expect(page.getByLabel("Begins")).toHaveValue("soonish");
    expect(page.url()).toContain("#start");
  });

  test("every page can be used by everybody, and hit with a thumb", async ({ page }) => {
    using root = temporary("operator");
    const here = folders(root.path);
    await candor(["new", "Labels are late", "--component", "labels=partial_outage", "-m", "We look into it."], here);
    await candor(["new", "A draft", "--draft", "--impact", "minor", "-m", "Not yet."], here);
    await using server = await serve(here);
    await page.goto(`${server.url}/operator`);
    expect(await violationsOf(page)).toEqual([]);
    await signIn(page, server.url, await token(here, "publisher"));
    const slug = (await page.getByRole("link", { name: "Labels are late" }).getAttribute("href")) ?? "";
    for (const path of [
      "/operator",
      "/operator/-/declare",
      "/operator/-/maintain",
      "/operator/-/publish",
      "/operator/-/undo",
      slug,
      `${slug}/report`,
    ]) {
      await page.goto(server.url + path);
      expect(await violationsOf(page), path).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
        `${path} is no wider than the phone`,
      ).toBe(390);
      const small = await page
        .locator(".form :is(input:not([type=hidden]), select, textarea, button)")
        .evaluateAll(
          (all) =>
            all.filter((each) => (each.closest("label, .field, form") ?? each).getBoundingClientRect().height < 44)
              .length,
        );
      expect(small, `${path}: targets too small`).toBe(0);
    }
  });
});

test("a stranger sees no page and no form of another site does anything", async ({ page, request }) => {
  using root = temporary("operator");
  const here = folders(root.path);
  await using server = await serve(here);
  await signIn(page, server.url, await token(here, "publisher"));
  const proxied = await request.get(`${server.url}/operator`, { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(proxied.status()).toBe(403);
  const csrf = (await page.locator("input[name=csrf]").first().getAttribute("value")) ?? "";
  const form = { csrf, key: "1", step: "write", title: "A", message: "B", status: "investigating" };
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const foreign = { cookie, origin: "https://evil.example" };
  const forged = await request.post(`${server.url}/operator/-/declare`, { form, headers: foreign });
  expect(forged.status()).toBe(403);
  const { cookies } = await page.context().storageState();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: "Strict", path: "/operator" }]);
});
