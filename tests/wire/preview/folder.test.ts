import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readChanges, readFolder, type WrittenFolder } from "#lib/web/preview/folder.ts";
import { timedAsync } from "#tests/stopwatch.ts";
import { folderWith, incident, put, SITE } from "../content-folder.ts";

const NOW = { now: Date.parse("2026-11-22T10:00:00Z") };

function errors({ problems }: WrittenFolder): string[] {
  return problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
}

describe("a folder that is being written", () => {
  it("is the same value while nothing changes", async () => {
    const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A", "impact: minor") });
    const first = await readFolder(folder, NOW);
    expect(await readChanges(folder, NOW, first)).toBe(first);
  });

  it("keeps the last good form of a file, and each of its problems until it is mended", async () => {
    const folder = folderWith({ "site.yaml": SITE, "a.md": incident("Good", "impact: minor"), "b.md": incident("B") });
    const first = await readFolder(folder, NOW);
    put(folder, "a.md", "---\ntitle: [\n---\n");
    const broken = await readChanges(folder, NOW, first);
    expect(broken.entries.map(({ title }) => title)).toEqual(["Good", "B"]);
    expect(errors(broken)).toEqual(["yaml-syntax"]);
    expect(broken.problems.filter(({ place }) => place.file === "b.md")).toEqual(
      first.problems.filter(({ place }) => place.file === "b.md"),
    );
    put(folder, "a.md", incident("Better", "impact: minor"));
    const mended = await readChanges(folder, NOW, broken);
    expect(mended.entries.map(({ title }) => title)).toEqual(["Better", "B"]);
    expect(mended.problems).toEqual(first.problems);
  });

  it("shows a file that was never good as far as it can be drawn, or not at all", async () => {
    const folder = folderWith({
      "site.yaml": SITE,
      "drawn.md": incident("Unknown component", "components: [apo]"),
      "no-time.md": "---\ntitle: No time\n---\n",
      "not-yaml.md": "---\ntitle: [\n---\n",
    });
    const { entries, problems } = await readFolder(folder, NOW);
    expect(entries.map(({ title }) => title)).toEqual(["Unknown component"]);
    expect(new Set(problems.map(({ place }) => place.file))).toEqual(
      new Set(["drawn.md", "no-time.md", "not-yaml.md"]),
    );
  });

  it("judges the neighbours anew when a file comes or goes, and everything when site.yaml changes", async () => {
    const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A", "impact: minor", "See [B](b.md).\n") });
    const alone = await readFolder(folder, NOW);
    expect(errors(alone)).toEqual(["dead-link"]);
    put(folder, "b.md", incident("B", "impact: minor\ncomponents: [mail]"));
    const both = await readChanges(folder, NOW, alone);
    expect(errors(both)).toEqual(["unknown-component"]);
    put(folder, "site.yaml", SITE.replace("id: api", "id: mail"));
    const known = await readChanges(folder, NOW, both);
    expect(errors(known)).toEqual([]);
    rmSync(join(folder, "b.md"));
    expect(errors(await readChanges(folder, NOW, known))).toEqual(["dead-link"]);
  });

  it("goes on with the last good site.yaml, and needs one to begin with", async () => {
    const folder = folderWith({ "site.yaml": SITE, "a.md": incident("A", "impact: minor") });
    const first = await readFolder(folder, NOW);
    put(folder, "site.yaml", "name: [\n");
    const broken = await readChanges(folder, NOW, first);
    expect(broken.entries).toHaveLength(1);
    expect(errors(broken)).toEqual(["yaml-syntax"]);
    await expect(readFolder(folder, NOW)).rejects.toMatchObject({ code: "NO_SITE" });
  });

  it("reads one save among thousands of files within a part of a second", async () => {
    const files = Array.from({ length: 3_000 }, (_, index) => [
      `${index % 50}/i${index}.md`,
      incident("A", "impact: minor"),
    ]);
    const folder = folderWith({ "site.yaml": SITE, ...(Object.fromEntries(files) as Record<string, string>) });
    const first = await readFolder(folder, NOW);
    const { ms: whole } = await timedAsync(() => readFolder(folder, NOW));
    put(folder, "7/i7.md", incident("Changed", "impact: minor"));
    const { result: next, ms: one } = await timedAsync(() => readChanges(folder, NOW, first));
    expect(next.entries.filter(({ title }) => title === "Changed")).toHaveLength(1);
    expect(one).toBeLessThan(whole / 2);
  });
});
