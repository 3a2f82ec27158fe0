import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { HANG_GUARD_MS } from "../hang-guard.ts";
import { preview, ROOT, temporary } from "./support/candor.ts";
import { noonAgo, writeEntry, writeSite } from "./support/content.ts";
import { test } from "./support/test.ts";

const PICTURES = join(ROOT, "artifacts/screenshots");

const SITE = {
  name: "Tidewater Parcels",
  url: "https://status.tidewater.example",
  components: [{ id: "api", name: "API" }],
};

function writeSlowLabels(content: string): string {
  const updates = [
    { at: noonAgo(1), status: "investigating", body: "We are looking into it." },
    { at: noonAgo(1, 30), status: "resolved", body: "Labels print as fast as ever." },
  ];
  const front = { title: "Labels print slowly", impact: "minor", components: ["api"], updates };
  writeEntry(content, "slow-labels", front, "\n## Cause\n\nA queue was full.\n\n## Next steps\n\nA larger queue.\n");
  return join(content, "slow-labels.md");
}

test("a problem is shown at its place, and goes when the file is saved without it", async ({ page }) => {
  using folder = temporary("preview");
  const folders = { content: join(folder.path, "content"), data: join(folder.path, "data") };
  writeSite(folders.content, SITE);
  const file = writeSlowLabels(folders.content);
  const good = readFileSync(file, "utf8");
  await using server = await preview(folders);
  // Nobody hands a view over to the operator's page here, so that it is none.
  expect((await page.request.get(`${server.url}/operator`)).status()).toBe(404);
  await page.goto(`${server.url}/incidents/slow-labels`);
  const bar = page.getByRole("complementary", { name: "Preview" });
  await expect(bar).toContainText("Preview · ");
  await expect(bar).not.toContainText("error");
  await expect(page.getByRole("complementary", { name: "Notices" })).toContainText(
    "Incident resolved: Labels print slowly",
  );

  const broken = good
    .replace("A queue was full.", "A queue was full: see [the log](log.md).")
    .replace("We are looking into it.", "We are looking into [it](it.md).")
    .replace("api", "apo");
  writeFileSync(file, broken);
  const cause = page.locator(".report .prose > p", { hasText: "A queue was full" });
  await expect(page.locator(".preview-problem.is-error")).toHaveCount(3);
  // Behind its paragraph, in its update, and under the title: each with file, line and column.
  await expect(cause.locator("xpath=following-sibling::*[1]")).toContainText(/slow-labels\.md:\d+:\d+ error .*log\.md/);
  const first = page.locator(".updates > li").last();
  await expect(first.locator(".preview-problem.is-error")).toContainText(/slow-labels\.md:\d+:\d+ error .*it\.md/);
  await expect(page.locator("h1 ~ .preview-problem.is-error")).toContainText("Did you mean “api”?");
  await expect(bar).toContainText("Preview · 3 errors");
  await page.locator("h1 ~ .preview-problem.is-error").getByRole("link").click();
  await expect(page.locator("li:target")).toContainText("apo");
  await page.goBack();
  await pictures(page, "preview-problem");

  // Not even YAML any more: the page stays, and says what is wrong.
  writeFileSync(file, broken.replace("title: ", "title: [").replace("apo", "api"));
  await expect(page.locator("h1 ~ .preview-problem.is-error")).toContainText("slow-labels.md:2");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Labels print slowly");
  await expect(page.getByText("Shown is its last form that can be drawn.")).toBeVisible();

  writeFileSync(file, good);
  await expect(page.locator(".preview-problem.is-error")).toHaveCount(0);
  await expect(bar).not.toContainText("error");
  // A page that has just loaded itself anew may still be asking when the server ends.
  await page.goto("about:blank");
});

test("drafts are marked, new files appear, and what is gone goes", async ({ page }) => {
  using folder = temporary("preview-drafts");
  const folders = { content: join(folder.path, "content"), data: join(folder.path, "data") };
  writeSite(folders.content, SITE);
  writeSlowLabels(folders.content);
  await using server = await preview(folders);
  await page.goto(`${server.url}/`);
  await expect(page.getByRole("link", { name: "Labels print slowly" })).toBeVisible();

  mkdirSync(join(folders.content, "deep/er"), { recursive: true });
  const updates = [{ at: noonAgo(1), status: "resolved", body: "Said in a draft." }];
  writeEntry(folders.content, "deep/er/draft", { title: "Not yet told", impact: "minor", draft: true, updates });
  const link = page.getByRole("link", { name: "Not yet told" });
  await expect(link).toBeVisible();
  await expect(link.locator("xpath=following-sibling::*[1]")).toHaveText("Draft");
  await pictures(page, "preview-draft-home");
  await link.click();
  await expect(page.getByText("Draft Readers do not see this page")).toBeVisible();
  await pictures(page, "preview-draft");

  // One that cannot be drawn at all has its page all the same.
  writeFileSync(join(folders.content, "nothing.md"), "---\ntitle: x\n");
  // The page of a file that is not known yet has nothing that looks again.
  await expect(async () => {
    await page.goto(`${server.url}/incidents/nothing`);
    await expect(page.locator(".preview-problem")).toContainText("nothing.md:1:1", { timeout: 1_000 });
  }).toPass({ timeout: HANG_GUARD_MS });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page cannot be drawn yet");

  await page.goto(`${server.url}/`);
  rmSync(join(folders.content, "deep"), { recursive: true });
  await expect(page.getByRole("link", { name: "Not yet told" })).toHaveCount(0);
  appendFileSync(join(folders.content, "site.yaml"), "locale: [\n");
  await expect(page.getByRole("complementary", { name: "Preview" })).toContainText("2 errors");
  await expect(page.getByRole("link", { name: "Labels print slowly" })).toBeVisible();
});

test("readers' servers know nothing of a preview", async ({ sites }) => {
  const readers = await sites.url("demo");
  for (const path of ["/_preview/live.js", "/_preview/changes", "/_preview/source/site.yaml"]) {
    expect((await fetch(readers + path)).status).toBe(404);
  }
  expect(await (await fetch(readers)).text()).not.toContain("_preview");
});

/** On a telephone and on a desk, light and dark. */
async function pictures(page: Page, name: string): Promise<void> {
  for (const size of [
    { width: 390, height: 844 },
    { width: 1280, height: 900 },
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(PICTURES, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
}
