import { expect } from "@playwright/test";
import { test } from "./support/test.ts";

test("a report prints on white paper, with the addresses its links lead to", async ({ page, visit }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await visit({ name: "report", site: "full", path: "/incidents/payments-fail" });
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(19, 20, 22)");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(251, 251, 250)");
  const after = await page
    .getByRole("link", { name: "our shop’s help" })
    .evaluate((link) => getComputedStyle(link, "::after").content);
  expect(after).toContain("https://lumen.example/help/pay");
});

test("a thousand updates print as more than a page", async ({ page, visit }) => {
  await visit({ name: "thousand", site: "full", path: "/incidents/thousand-updates" });
  const pdf = await page.pdf({ format: "A4" });
  const counts = [...pdf.toString("latin1").matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count));
  expect(Math.max(0, ...counts)).toBeGreaterThan(40);
});
