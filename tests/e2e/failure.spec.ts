import { expect } from "@playwright/test";
import { ask } from "./support/ask.ts";
import { candor, serve, temporary } from "./support/candor.ts";
import { noonAgo, writeEntry } from "./support/content.ts";
import { poison, writeEmptySite } from "./support/sites.ts";
import { test } from "./support/test.ts";

test("a page that cannot be drawn is shown as it last was, or else as a fault of ours", async () => {
  using folder = temporary("failure");
  const folders = { content: `${folder.path}/content`, data: `${folder.path}/data` };
  writeEmptySite(folders.content);
  writeEntry(folders.content, "known", { title: "A known incident", started: noonAgo(2), ended: noonAgo(2, 5) });
  await using server = await serve(folders);
  const good = await ask(server.url, "/incidents/known");
  expect(good.status).toBe(200);

  await poison(folders.data);
  await expect
    .poll(async () => {
      const again = await ask(server.url, "/incidents/known");
      expect(again.status).toBe(200);
      expect(again.body).toContain("A known incident");
      return server.log();
    })
    .toMatch(/^\/incidents\/known: .+/m);

  const error = await ask(server.url, "/history");
  expect(error.status).toBe(500);
  expect(error.headers["cache-control"]).toBe("no-store");
  expect(error.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(error.body).toContain("This page cannot be shown right now");
  expect(error.body).not.toMatch(/at .*\.(?:ts|js):\d+|RangeError|node_modules/);
  expect(server.log()).toMatch(/^\/history: .+/m);
  expect((await ask(server.url, "/healthz")).status).toBe(200);

  const mended = await candor(["publish"], folders);
  expect(mended.stdout).toContain("Published 1 entry");
  await expect.poll(async () => (await ask(server.url, "/history")).status).toBe(200);
});
