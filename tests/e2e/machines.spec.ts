import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { publishedIn } from "#lib/publishing/published.ts";
import { compile } from "#lib/site/compile/compile.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { interfacePaths } from "#lib/web/machine-endpoints.ts";
import { faultsOf } from "../api/schemas.ts";
import { ask } from "./support/ask.ts";
import { candor, serve, temporary } from "./support/candor.ts";
import { writeFullSite } from "./support/full-site.ts";
import { headerRules, headersFor, hostType } from "./support/headers-file.ts";
import { hostFiles, type StaticHost } from "./support/static-host.ts";
import { test } from "./support/test.ts";

const WIDGET = createRequire(import.meta.url).resolve("@statuspage/status-widget/dist/index.js");

/** Hosts a page of another origin than the site's, with some markup on it. */
function elsewhere(folder: string, markup: string): Promise<StaticHost> {
  writeFileSync(
    join(folder, "index.html"),
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Elsewhere</title><link rel="icon" href="data:,"></head><body>${markup}</body></html>`,
  );
  return hostFiles(folder);
}

/** The published build of the widget ends with an error of its own (`parcelRequire is not defined`), wherever it runs. */
const loud = test.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
  calm: async ({}, use) => use(undefined),
});

loud(
  "the widget “@statuspage/status-widget” from npm shows the state on another site, unchanged",
  async ({ page, sites }) => {
    const base = await sites.url("full");
    using folder = temporary("elsewhere");
    copyFileSync(WIDGET, join(folder.path, "widget.js"));
    await using host = await elsewhere(
      folder.path,
      `<statuspage-widget src="${base}"></statuspage-widget><script src="/widget.js"></script>`,
    );
    await page.goto(`${host.url}/`);
    const answer = JSON.parse((await ask(base, "/api/v2/status.json")).body) as { status: { description: string } };
    await expect(page.locator("statuspage-widget")).toContainText(answer.status.description);
  },
);

test("the banner shows the state on another site, leads here, and keeps still when asked to and all is well", async ({
  page,
  sites,
}) => {
  const base = await sites.url("full");
  const calm = await sites.url("empty");
  using folder = temporary("elsewhere");
  await using host = await elsewhere(
    folder.path,
    `<h1>Shop</h1><script src="${base}/embed.js" async></script><main>Text</main><script src="${calm}/embed.js" data-quiet async></script>`,
  );
  await page.goto(`${host.url}/`);
  const banners = page.locator("div[role=status]");
  await expect(banners.first()).toContainText("Lumen: Major Service Outage");
  await expect(banners.first().locator("a").first()).toHaveAttribute("href", "https://status.lumen.example");
  await expect(banners).toHaveCount(2);
  await expect(banners.nth(1)).toBeHidden();
  expect((await ask(base, "/embed.js")).body.length).toBeLessThan(3_000);
});

test("one page may stand in a frame of another site, and no other may", async ({ page, sites }) => {
  const base = await sites.url("full");
  using folder = temporary("elsewhere");
  await using host = await elsewhere(folder.path, `<iframe src="${base}/embed" title="Status"></iframe>`);
  await page.goto(`${host.url}/`);
  await expect(page.frameLocator("iframe").getByRole("link").first()).toContainText("Lumen: major outage");
  expect((await ask(base, "/embed")).headers["content-security-policy"]).toContain("frame-ancestors *");
  expect((await ask(base, "/")).headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  const calm = await sites.url("empty");
  expect((await ask(calm, "/embed?quiet=1")).body).toContain("<body></body>");
  // WCAG 2.2.1, failure F41.
  expect((await ask(base, "/embed")).body).not.toContain("http-equiv");
  const oembed = (query: string) => ask(base, `/oembed?${query}`);
  const ours = await oembed(`url=${encodeURIComponent("https://status.lumen.example/history")}`);
  expect(JSON.parse(ours.body)).toMatchObject({ version: "1.0", type: "rich", width: 420, height: 72 });
  expect((await oembed("url=https://other.example/")).status).toBe(404);
  expect((await oembed("url=https://status.lumen.example&format=xml")).status).toBe(501);
});

test("the whole server answers as a Statuspage does", async ({ sites }) => {
  const base = await sites.url("full");
  const read = async (path: string) => JSON.parse((await ask(base, `/api/v2/${path}.json`)).body) as never;
  expect(faultsOf("summary", await read("summary"))).toEqual([]);
  expect(faultsOf("incidents", await read("incidents"))).toEqual([]);
  expect(faultsOf("components", await read("components"))).toEqual([]);
  expect(faultsOf("maintenances", await read("scheduled-maintenances"))).toEqual([]);
});

test("a page says to machines what it is, where its feeds are and which picture stands for it", async ({
  page,
  sites,
}) => {
  const base = await sites.url("demo");
  await page.goto(`${base}/incidents/2026-10-14-delayed-email`);
  const data = await page.locator('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(data ?? "")).toMatchObject({ "@context": "https://schema.org", headline: expect.any(String) });
  expect(data).not.toMatch(/[<>&]/);
  await expect(page.locator('head link[type="text/markdown"]')).toHaveAttribute(
    "href",
    "/incidents/2026-10-14-delayed-email.md",
  );
  const image = await page.locator('meta[property="og:image"]').getAttribute("content");
  const response = await page.request.get(base + new URL(image ?? "").pathname);
  expect(response.headers()["content-type"]).toBe("image/png");
  const bytes = await response.body();
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1_200, 630]);
});

test("every answer is described on a page of its own, with an example that can be read without script", async ({
  page,
  sites,
}) => {
  await page.goto(`${await sites.url("full")}/api`);
  await page.locator("summary", { hasText: "/api/v2/status.json" }).click();
  await expect(page.locator("details[open] pre")).toContainText('"description": "Major Service Outage"');
  // Every object of the description is there in words, with each of its fields.
  const description = JSON.parse((await ask(await sites.url("full"), "/api/openapi.json")).body) as {
    components: { schemas: Record<string, { properties: Record<string, unknown> }> };
  };
  for (const [name, { properties }] of Object.entries(description.components.schemas)) {
    const fields = await page.locator(`#object-${name} dt`).allTextContents();
    expect(
      fields.filter((field) => !field.includes(".")),
      name,
    ).toEqual(Object.keys(properties));
  }
  await page.locator("#object-Status summary").click();
  await expect(page.locator("#object-Status dd").first()).toContainText("“none”, “minor”, “major”, “critical”");
  for (const link of await page.locator(".api-answer a").all()) {
    const address = await link.getAttribute("href");
    expect((await page.request.get(new URL(address ?? "", page.url()).href)).status(), address ?? "").toBe(200);
  }
});

test("an export has every interface that needs no server, at the same address and with the same bytes", async () => {
  using folder = temporary("machines");
  const content = join(folder.path, "content");
  const out = join(folder.path, "out");
  writeFullSite(content);
  expect(await candor(["export", "--out", out], { content })).toMatchObject({ code: 0, stderr: "" });
  await using server = await serve({ content, data: join(folder.path, "data") });
  const rules = headerRules(readFileSync(join(out, "_headers"), "utf8"));
  await using database = await openDatabase(join(folder.path, "data", "candor.db"));
  const published = await publishedIn(openSnapshots(database));
  if (!published) throw new Error("Nothing is published");
  const paths = interfacePaths(compile(published.content, Date.now())).filter((path) => path !== "/embed");
  expect(paths.length).toBeGreaterThan(300);
  for (const path of paths) {
    const answer = await fetch(server.url + path);
    expect(answer.status, path).toBe(200);
    const file = readFileSync(join(out, decodeURIComponent(path)));
    expect(file.equals(Buffer.from(await answer.arrayBuffer())), path).toBe(true);
    const told = headersFor(path, rules);
    const type = answer.headers.get("content-type");
    expect(told["content-type"] ?? hostType(path), path).toBe(type);
    for (const name of ["access-control-allow-origin", "cross-origin-resource-policy"])
      expect(told[name], `${path} ${name}`).toBe(answer.headers.get(name));
    if (path.endsWith(".svg"))
      expect(told["content-security-policy"]).toBe(answer.headers.get("content-security-policy"));
  }
  const embed = readFileSync(join(out, "embed/index.html"), "utf8");
  const body = (html: string) => /<body>.*<\/body>/s.exec(html)?.[0];
  expect(body(embed)).toBe(body(await (await fetch(`${server.url}/embed`)).text()));
  expect(readFileSync(join(out, "embed.js"), "utf8")).toBe(await (await fetch(`${server.url}/embed.js`)).text());
});
