import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ask } from "./support/ask.ts";
import { candor, type Folders, serve, temporary } from "./support/candor.ts";
import { noonAgo, writeEntry } from "./support/content.ts";
import { writeEmptySite } from "./support/sites.ts";
import { test } from "./support/test.ts";

function small(path: string): Folders {
  const folders = { content: join(path, "content"), data: join(path, "data") };
  writeEmptySite(folders.content);
  entry(folders, "first", "The first incident");
  return folders;
}

function entry({ content }: Folders, slug: string, title: string): void {
  const updates = [{ at: noonAgo(1, 5), status: "resolved", body: "It is over." }];
  writeEntry(content, slug, { title, impact: "minor", started: noonAgo(1), updates });
}

/** Not even a title, and a status that is none. */
function breakEntry({ content }: Folders, slug: string): void {
  writeFileSync(
    join(content, `${slug}.md`),
    "---\nupdates:\n  - at: 2026-01-01T10:00Z\n    status: solved\n    body: Good.\n---\n",
  );
}

test("a bad file changes nothing that readers see, and is named", async () => {
  using folder = temporary("publish");
  const folders = small(folder.path);
  await using server = await serve(folders);
  const before = await ask(server.url, "/history");

  entry(folders, "second", "The second incident");
  breakEntry(folders, "bad");
  const refused = await candor(["publish"], folders);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/^bad\.md:\d+:\d+ +error +.*title/m);
  expect(refused.stdout).toMatch(/^bad\.md:4:13 +error +.*solved.*unknown-value\n +Did you mean “resolved”\?/m);
  expect(refused.stdout).toContain(
    "Nothing was published: mend the errors above first. Readers see what they saw before.",
  );
  expect((await ask(server.url, "/history")).body).toBe(before.body);
  expect((await ask(server.url, "/incidents/second")).status).toBe(404);

  entry(folders, "bad", "It is mended");
  const published = await candor(["publish"], folders);
  expect(published.code).toBe(0);
  // Nor was anything put aside for later: it would have been the second.
  expect(published.stdout).toMatch(/Published 3 entries as snapshot 2\./);
  await expect
    .poll(async () => (await ask(server.url, "/history")).body, { intervals: [50] })
    .toContain("It is mended");
  expect((await ask(server.url, "/incidents/second")).status).toBe(200);

  const unchanged = await candor(["publish"], folders);
  expect(unchanged.code).toBe(0);
  expect(unchanged.stdout).toBe("Nothing has changed since snapshot 2.\n");
});

test("no request fails while something is published, and each sees the old or the new whole", async () => {
  using folder = temporary("during");
  const folders = small(folder.path);
  await using server = await serve(folders);
  entry(folders, "first", "The first incident, renamed");
  entry(folders, "second", "The second incident");
  const publishing = candor(["publish"], folders);
  const seen = new Set<string>();
  let asked = 0;
  while (!seen.has("new new")) {
    const answers = await Promise.all(["/history", "/", "/history.atom"].map((path) => ask(server.url, path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body } = answers[0] ?? { body: "" };
    seen.add(`${body.includes("renamed") ? "new" : "old"} ${body.includes("The second") ? "new" : "old"}`);
    asked += 1;
    expect(asked).toBeLessThan(20_000);
  }
  expect((await publishing).code).toBe(0);
  expect([...seen].sort()).toEqual(["new new", "old old"]);
});

test("a first start beside a bad file shows the good ones and names the bad one; a second keeps what was shown", async () => {
  using folder = temporary("start");
  const folders = small(folder.path);
  breakEntry(folders, "bad");
  await using first = await serve(folders);
  expect(first.log()).toMatch(/^bad\.md:4:13 +error/m);
  expect(first.log()).toContain(`First start: published 1 entry from ${folders.content}`);
  expect((await ask(first.url, "/incidents/first")).status).toBe(200);
  expect((await ask(first.url, "/incidents/bad")).status).toBe(404);
  const ended = await first.stop();
  expect(ended.code).toBe(0);

  entry(folders, "bad", "It is mended");
  await using second = await serve(folders);
  expect(second.log()).not.toContain("First start");
  expect((await ask(second.url, "/incidents/first")).status).toBe(200);
  expect((await ask(second.url, "/incidents/bad")).status).toBe(404);
});

test("without a site there is nothing to show, and the start says what to mend", async () => {
  using folder = temporary("nothing");
  const folders = { content: join(folder.path, "content"), data: join(folder.path, "data") };
  const missing = await candor(["serve"], folders);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain(`There is no content folder ${folders.content}.`);
  entry(folders, "first", "The first incident");
  const siteless = await candor(["serve"], folders);
  expect(siteless.code).toBe(1);
  expect(siteless.stderr).toContain("The content folder has no site.yaml.");
  expect(siteless.stderr).toContain("There is nothing to show yet: mend site.yaml, then start again.");
  expect(siteless.stderr).not.toMatch(/\n +at /);
});
