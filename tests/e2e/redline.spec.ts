import { join } from "node:path";
import { expect } from "@playwright/test";
import { ask } from "./support/ask.ts";
import { violationsOf } from "./support/axe.ts";
import { candor, type Folders, preview, serve, temporary } from "./support/candor.ts";
import { noonAgo, writeEntry, writeSite } from "./support/content.ts";
import { expectSound } from "./support/markup.ts";
import { test } from "./support/test.ts";

function write({ content }: Folders, status: "preliminary" | "final", report: string): void {
  const updates = [{ at: noonAgo(1), status: "resolved", body: "It is over." }];
  const front = { title: "Labels print slowly", impact: "major", updates, report: { status } };
  writeEntry(content, "slow-labels", front, report);
}

test("a final report shows what changed since the preliminary one", async ({ page }) => {
  using folder = temporary("redline");
  const folders = { content: join(folder.path, "content"), data: join(folder.path, "data") };
  writeSite(folders.content, { name: "Tidewater Parcels", url: "https://status.tidewater.example" });
  write(folders, "preliminary", "\n## Cause\n\nWe think that a queue was full.\n\nWe are still looking.\n");
  await using server = await serve(folders);
  const address = `${server.url}/incidents/slow-labels`;
  await page.goto(address);
  await expect(page.locator(".redline")).toHaveCount(0);

  write(folders, "final", "\n## Cause\n\nA queue was full.\n\n## Next steps\n\n- A larger queue.\n");
  {
    await using written = await preview(folders);
    const { body } = await ask(written.url, "/incidents/slow-labels");
    expect(body).toContain("2 passages added, 1 changed, 1 removed");
  }
  expect((await candor(["publish", "--yes"], folders)).code).toBe(0);
  await expect.poll(async () => (await ask(server.url, "/incidents/slow-labels")).body).toContain("What changed since");
  await page.goto(address);
  const redline = page.locator(".redline");
  await expect(redline.getByText("A larger queue.")).toBeHidden();
  await redline.locator("summary").click();
  await expect(redline.locator("del").first()).toHaveText("[removed: We think that a ]");
  await expect(redline.locator(".is-changed ins")).toHaveText("[added: A ]");
  await expect(redline.locator(".redline-item.is-added")).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await expectSound((await ask(server.url, "/incidents/slow-labels")).body);
  await page.emulateMedia({ media: "print" });
  await expect(redline.getByText("We are still looking.")).toBeVisible();
  await page.emulateMedia({ media: "screen" });

  // Edited again after it became final: still held against what readers had first.
  write(folders, "final", "\n## Cause\n\nA queue was quite full.\n");
  expect((await candor(["publish", "--yes"], folders)).code).toBe(0);
  await expect
    .poll(async () => (await ask(server.url, "/incidents/slow-labels")).body)
    .toContain("1 passage changed, 1 removed");
});
