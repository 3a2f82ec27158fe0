import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { publish } from "#lib/publishing/publish.ts";
import { publishedSlugs } from "#lib/publishing/published.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

function environment() {
  const folder = mkdtempSync(join(tmpdir(), "candor-published-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const content = join(folder, "content");
  mkdirSync(content);
  writeFileSync(join(content, "site.yaml"), "name: A\nurl: https://status.example.com\n");
  writeFileSync(
    join(content, "slow-api.md"),
    "---\ntitle: The API is slow\nstarted: 2026-03-02\nended: 2026-03-02\n---\n",
  );
  return { port: 0, host: "127.0.0.1", content, data: join(folder, "data") };
}

test("where nothing was published, nothing is made and no address is known", async () => {
  expect(await publishedSlugs(environment())).toEqual([]);
});

test("a renamed file is told of until it claims its former address", async () => {
  const here = environment();
  await publish(here, { now: NOW });
  const published = await publishedSlugs(here);
  expect(published).toEqual(["slow-api"]);
  expect((await checkFolder(here.content, NOW, { published })).problems).toEqual([]);

  const renamed = join(here.content, "slow-apis.md");
  renameSync(join(here.content, "slow-api.md"), renamed);
  const { problems } = await checkFolder(here.content, NOW, { published });
  expect(problems).toMatchObject([{ rule: "lost-address", severity: "warning", place: { file: "slow-apis.md" } }]);
  expect(problems[0]?.remedy).toContain("redirects: [/incidents/slow-api]");
  expect((await publish(here, { now: NOW })).problems).toMatchObject([{ rule: "lost-address" }]);

  writeFileSync(
    renamed,
    "---\ntitle: The API is slow\nstarted: 2026-03-02\nended: 2026-03-02\nredirects: [/incidents/slow-api]\n---\n",
  );
  expect((await checkFolder(here.content, NOW, { published })).problems).toEqual([]);
});
