import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { serve } from "./support/candor.ts";

const LONG = "Abcdefghijklmnopqrstuvwxyz".repeat(3);
const ADDRESS = `https://example.com/${LONG}/${LONG}`;

const FILES = {
  "site.yaml": `name: ${LONG}\nurl: https://status.example.com\ntimezone: Asia/Kolkata\ncomponents:\n  - { id: a, name: ${LONG}, group: ${LONG} }\n`,
  "open.md": `---\ntitle: ${LONG}\ncomponents: { a: major_outage }\ntags: [${LONG.slice(0, 50)}]\nupdates:\n  - { at: 2026-11-30T10:00Z, status: investigating, body: "${ADDRESS} and \`${LONG}\`" }\n---\n`,
  "over.md": `---\ntitle: ${LONG}\ncomponents: { a: major_outage }\nupdates:\n  - { at: 2026-11-29T10:00Z, status: resolved, body: "${ADDRESS}" }\n---\n\n${ADDRESS}\n\n| a | ${LONG} |\n| - | - |\n| b | ${LONG} |\n`,
};

const PAGES = [
  "/",
  "/history",
  "/incidents/open",
  "/incidents/over",
  "/components/a",
  "/subscribe",
  "/wallboard",
  "/embed",
];

test("names and addresses without a blank widen no page of a telephone", async ({ page }, { outputDir }) => {
  const folders = { content: join(outputDir, "content"), data: join(outputDir, "data") };
  mkdirSync(folders.content, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folders.content, name), text);
  await using server = await serve(folders);
  for (const width of [320, 375]) {
    await page.setViewportSize({ width, height: 700 });
    for (const path of PAGES) {
      await page.goto(server.url + path);
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrolled, `${path} at ${width} pixels`).toBeLessThanOrEqual(width);
    }
  }
});
