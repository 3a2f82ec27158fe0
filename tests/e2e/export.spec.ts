import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { candor, type Ended, killed, ROOT, temporary } from "./support/candor.ts";
import { noonAgo, writeEntry, writeSite } from "./support/content.ts";
import { writeFullSite } from "./support/full-site.ts";
import { expectSound } from "./support/markup.ts";
import { writeEmptySite } from "./support/sites.ts";
import { hostFiles } from "./support/static-host.ts";
import { test } from "./support/test.ts";
import { walk } from "./support/walk.ts";

const DEMO = join(ROOT, "incidents");

function exportTo(out: string, content: string): Promise<Ended> {
  return candor(["export", "--out", out], { content });
}

/** Every file below a folder, by its path. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

test("an export is whole: every link, fragment and asset is there, and every page is sound", async ({ page }) => {
  using folder = temporary("export");
  const content = join(folder.path, "content");
  const out = join(folder.path, "out");
  writeFullSite(content);
  const ended = await exportTo(out, content);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatch(/^\d+ files in .*: \d+ written, 0 removed\.$/m);

  await using host = await hostFiles(out);
  const { pages, files, broken, links } = await walk(host.url);
  expect(broken).toEqual([]);
  expect(links).toBeGreaterThan(1_000);
  expect(pages.size).toBeGreaterThan(90);
  for (const [path, html] of pages) await test.step(`the page ${path}`, () => expectSound(html));
  expect([...files.keys()].filter((path) => path.startsWith("/files/")).length).toBe(2);
  for (const path of ["/history.atom", "/history.rss"]) {
    const text = files.get(path)?.body.toString() ?? "";
    expect(await page.evaluate(faultOfXml, text), path).toBe("");
  }
  expect(JSON.parse(files.get("/feed.json")?.body.toString() ?? "").items).toHaveLength(26);
  expect((await (await fetch(`${host.url}/nowhere`)).text()).replace(/<[^>]+>/g, "")).toContain(
    "There is no such page",
  );
});

/** Why a text is no well-formed XML, or an empty text; for the browser. */
function faultOfXml(text: string): string {
  return new DOMParser().parseFromString(text, "application/xml").querySelector("parsererror")?.textContent ?? "";
}

test("every file of an export carries its policy, and nothing of the framework's", async () => {
  using folder = temporary("policy");
  const out = join(folder.path, "out");
  await exportTo(out, DEMO);
  const files = filesIn(out);
  const pages = files.filter((file) => file.endsWith(".html"));
  expect(pages).toContain("404.html");
  expect(pages).toContain("incidents/2026-10-14-delayed-email/index.html");
  for (const file of pages) {
    const html = readFileSync(join(out, file), "utf8");
    await test.step(`the file ${file}`, () => expectSound(html));
    expect(html, file).toMatch(
      /<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; [^"]+base-uri 'none'">/,
    );
    expect(html, file).not.toContain("frame-ancestors");
    expect(html, file).toMatch(
      /^<!DOCTYPE html><html [^>]*data-static="" data-made="[\dT:.-]+Z" data-true-until="[\dT:.-]+Z">/,
    );
  }
  const assets = files.filter((file) => !file.endsWith("/index.html") && !file.startsWith("."));
  expect(assets.filter((file) => file.endsWith(".js")).sort()).toEqual([
    "assets/candor.js",
    "assets/embed-page.js",
    "assets/share.js",
    "embed.js",
  ]);
  expect(assets.filter((file) => /\.(?:rsc|map)$/.test(file))).toEqual([]);
});

test("an export that is killed leaves whole files alone, and the next one makes it whole", async () => {
  using folder = temporary("killed");
  const content = join(folder.path, "content");
  writeFullSite(content);
  const [out, whole] = [join(folder.path, "out"), join(folder.path, "whole")];
  await exportTo(whole, content);
  // Its first files are there, and the pages, which come last, are not yet.
  const isMidst = () => existsSync(join(out, "assets/candor.js"));
  let left: string[] = [];
  await expect(async () => {
    rmSync(out, { recursive: true, force: true });
    const { code } = await killed(["export", "--out", out], { content }, isMidst);
    expect(code).toBe(-1);
    left = filesIn(out).filter((path) => !path.startsWith("."));
    expect(left).not.toContain("index.html");
  }).toPass();
  for (const path of left.filter((each) => !each.endsWith(".html"))) {
    expect(statSync(join(out, path)).size, path).toBe(statSync(join(whole, path)).size);
  }

  expect(await exportTo(out, content)).toMatchObject({ code: 0 });
  expect(filesIn(out)).toEqual(filesIn(whole));
});

test("an export shows what the server shows", async ({ sites }) => {
  using folder = temporary("same");
  const out = join(folder.path, "out");
  await exportTo(out, DEMO);
  const base = await sites.url("demo");
  const pages = filesIn(out).filter((file) => file.endsWith("index.html"));
  expect(pages.length).toBeGreaterThan(18);
  for (const file of pages) {
    const path = `/${file.replace(/\/?index\.html$/, "")}`;
    // Without a server nobody can subscribe, and the page says so.
    if (path === "/subscribe") continue;
    const served = await (await fetch(base + path)).text();
    expect(comparable(readFileSync(join(out, file), "utf8")), path).toBe(comparable(served));
  }
});

/** A page without what an export adds, without what only a server can keep true, and without the minute it was made in. */
function comparable(html: string): string {
  const root = fromHtml(html);
  visit(root, "element", (element, index, parent) => {
    if (element.tagName === "html") {
      for (const name of Object.keys(element.properties)) if (name.startsWith("data")) delete element.properties[name];
    }
    if (element.tagName === "meta" && String(element.properties["httpEquiv"]) === "content-security-policy") {
      parent?.children.splice(index ?? 0, 1);
    }
    return undefined;
  });
  return toHtml(root)
    .replace(/<meta http-equiv="content-security-policy"[^>]*>/i, "")
    .replace(/<link rel="alternate" type="application\/json\+oembed"[^>]*>/, "")
    .replace(/<script src="\/assets\/live\.js"[^>]*><\/script>/, "")
    .replace(/<candor-live .*?<\/candor-live>/, "")
    .replace(/<div><dt><code>\/(?:live|wallboard)\?.*?<\/dd><\/div>/g, "")
    .replace(/As of <time .*?<\/time>/, "As of now");
}

test("a copy works in a browser without its server, and says when time has made it untrue", async ({ page }) => {
  using folder = temporary("copy");
  const out = join(folder.path, "out");
  await exportTo(out, DEMO);
  await using host = await hostFiles(out);
  await page.goto(`${host.url}/history`);
  await expect(page.getByRole("search")).toBeHidden();
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(19, 20, 22)");
  await page.goto(`${host.url}/`);
  await expect(page.getByRole("status")).toHaveCount(0);
  await page.clock.install({ time: Date.now() + 3 * 86_400_000 });
  await page.reload();
  await expect(page.getByRole("status")).toContainText("This copy of the page was made on");
});

test("a second export writes only what changed, and touches nothing that it did not write", async () => {
  using folder = temporary("again");
  const content = join(folder.path, "content");
  const out = join(folder.path, "out");
  writeEmptySite(content);
  const entry = (slug: string, title: string) =>
    writeEntry(content, slug, { title, impact: "minor", started: noonAgo(3), ended: noonAgo(3, 5) });
  entry("stays", "It stays");
  entry("goes", "It goes");
  await exportTo(out, content);
  expect(existsSync(join(out, "incidents/goes/index.html"))).toBe(true);

  writeFileSync(join(out, "CNAME"), "status.nothing.example\n");
  mkdirSync(join(out, "incidents", "goes", "ours"));
  writeFileSync(join(out, "incidents/goes/ours/notes.txt"), "not yours\n");
  rmSync(join(content, "goes.md"));
  entry("comes", "It comes");
  const again = await exportTo(out, content);
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(/ written, 8 removed\.$/m);
  expect(existsSync(join(out, "incidents/goes/index.html"))).toBe(false);
  expect(existsSync(join(out, "incidents/comes/index.html"))).toBe(true);
  expect(readFileSync(join(out, "CNAME"), "utf8")).toBe("status.nothing.example\n");
  expect(readFileSync(join(out, "incidents/goes/ours/notes.txt"), "utf8")).toBe("not yours\n");
});

test("a folder that holds something else is left alone, and so is an export when the content is broken", async () => {
  using folder = temporary("foreign");
  const foreign = join(folder.path, "photos");
  mkdirSync(foreign);
  writeFileSync(join(foreign, "index.html"), "mine");
  const refused = await exportTo(foreign, DEMO);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toBe(`${foreign} is not empty and holds no earlier export. Name a new folder with --out.\n`);
  expect(filesIn(foreign)).toEqual(["index.html"]);

  const content = join(folder.path, "content");
  const out = join(folder.path, "out");
  writeEmptySite(content);
  await exportTo(out, content);
  const before = filesIn(out);
  writeFileSync(join(content, "bad.md"), "---\ntitle: No time at all\n---\n");
  const broken = await exportTo(out, content);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toContain("Nothing was exported: mend the errors above first.");
  expect(filesIn(out)).toEqual(before);
});

test("a site below a path of its host is linked below that path", async ({ page }) => {
  using folder = temporary("below");
  const content = join(folder.path, "content");
  const out = join(folder.path, "out");
  writeSite(content, {
    name: "Below",
    url: "https://example.com/teams/status",
    components: [{ id: "api", name: "API" }],
  });
  writeEntry(
    content,
    "one",
    {
      title: "One",
      impact: "minor",
      components: ["api"],
      started: noonAgo(2),
      ended: noonAgo(2, 9),
      updates: [{ at: noonAgo(2, 9), status: "resolved", body: "See [two](two.md)." }],
      redirects: ["/old/one/"],
    },
    "## Cause\n\nUnknown.\n",
  );
  writeEntry(content, "two", { title: "Two", impact: "none", started: noonAgo(1), ended: noonAgo(1, 9) });
  await exportTo(out, content);
  await using host = await hostFiles(out, "/teams/status");
  const { pages, broken } = await walk(host.url, ["/old/one/"]);
  expect(broken).toEqual([]);
  expect([...pages.keys()].filter((path) => !path.startsWith("/teams/status"))).toEqual([]);
  for (const [path, html] of pages) await test.step(`the page ${path}`, () => expectSound(html, "/teams/status"));
  expect(pages.get("/teams/status")).toMatch(/<link rel="canonical" href="https:\/\/example\.com\/teams\/status\/?">/);
  const feed = await (await fetch(`${host.url}/history.atom`)).text();
  expect(feed).toContain("https://example.com/teams/status/incidents/two");
  await page.goto(`${host.url}/old/one/`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One");
  await page.getByRole("link", { name: "two" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two");
});

test("no former address writes outside the folder", async () => {
  using folder = temporary("outside");
  const content = join(folder.path, "content");
  const out = join(folder.path, "deep", "er", "out");
  writeEmptySite(content);
  for (const former of ["/../../escaped/", "/%2e%2e/%2e%2e/escaped/", "/..%2f..%2fescaped/", "/100%/"]) {
    writeEntry(content, "one", { title: "One", started: noonAgo(2), ended: noonAgo(2, 9), redirects: [former] });
    const ended = await exportTo(out, content);
    expect(ended, former).toMatchObject({ code: 1, stderr: "" });
    expect(ended.stdout).toMatch(/^one\.md:\d+:5 +error +Redirect 1 is no plain path/m);
  }
  expect(filesIn(folder.path).filter((file) => !file.startsWith("content/"))).toEqual([]);
});

test("former addresses lead on from where they were, in every alphabet", async ({ page }) => {
  using folder = temporary("former");
  const content = join(folder.path, "content");
  const out = join(folder.path, "out");
  writeEmptySite(content);
  const redirects = [
    "/issues/lost-uploads/",
    "/störung/verlorene-dateien",
    "/incidents/uploads-missing",
    "/issues/kernel-5.10",
  ];
  writeEntry(content, "uploads-lost", { title: "Lost", started: noonAgo(2), ended: noonAgo(2, 9), redirects });
  await exportTo(out, content);
  await using host = await hostFiles(out);
  for (const path of redirects) {
    await page.goto(host.url + path);
    await expect(page).toHaveURL(`${host.url}/incidents/uploads-lost/`);
  }
});
