import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { importSite } from "#lib/content/folder/import.ts";
import { remarksText } from "../../bin/remarks.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

function foreign(files: Readonly<Record<string, string>>): { from: string; into: string } {
  const folder = mkdtempSync(join(tmpdir(), "candor-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "old", path)), { recursive: true });
    writeFileSync(join(folder, "old", path), text);
  }
  return { from: join(folder, "old"), into: join(folder, "new") };
}

const settings = { dryRun: false, now: NOW, onProgress: () => undefined };

test("what an import writes can be published: hosts are allowed with a reason, a credential makes a draft", async () => {
  const { from, into } = foreign({
    "2025-01-02-host.md": "# Host\n\nThe server db-7.example.internal was down.\n",
    "2025-01-03-key.md": `# Key\n\nThe key ${"AKIA"}${"IOSFODNN7EXAMPLX"} leaked, and ghp_${"a1B2".repeat(9)} too.\n`,
  });
  const { problems, remarks } = await importSite({ ...settings, format: "postmortems", from, into });
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const checked = await checkFolder(into, NOW);
  expect(checked.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(checked.entries.map(({ title, draft }) => [title, draft])).toEqual([
    ["Host", false],
    ["Key", true],
  ]);
  expect(readFileSync(join(into, "site.yaml"), "utf8")).toContain("reason: It stood on the site that was moved in");
  const said = remarks.map(({ kind, file, reason }) => `${kind} ${file} ${reason}`);
  expect(said.filter((line) => /draft|allowed/.test(line))).toEqual([
    "noted 2025/2025-01-02-host.md allowed in site.yaml under guard, with a reason; take it out of both if nobody is to read it",
    "changed 2025/2025-01-03-key.md carried as a draft: take the secret out, have it revoked, and remove the draft mark",
  ]);
});

test("a wrong format is refused with the one it looks like, and nothing is written", async () => {
  const { from, into } = foreign({
    "config.yml": "title: X\n",
    "content/issues/2025-01-02-a.md": "---\ntitle: A\nsection: issue\ndate: 2025-01-02\n---\nText.\n",
  });
  await expect(importSite({ ...settings, format: "upptime", from, into })).rejects.toThrow(
    "These files look like cstate: import cstate",
  );
  expect(existsSync(into)).toBe(false);
});

test("remarks are ranked by kind and folded after three of one sort", () => {
  const remark = (kind: "lost" | "noted", what: string, reason: string) => ({ kind, file: "a.md", what, reason });
  const remarks = [
    remark("noted", "n", "for the record"),
    ...[1, 2, 3, 4, 5].map((number) => remark("lost", `key ${number}`, `it is of ${number} January; left out`)),
  ];
  expect(
    remarksText(remarks, false)
      .split("\n")
      .filter((line) => !line.startsWith("      ")),
  ).toEqual([
    "Lost: not carried (5)",
    "  a.md  key 1",
    "  a.md  key 2",
    "  a.md  key 3",
    "  … and 2 more remarks of this sort (--all shows them)",
    "",
    "Noted (1)",
    "  a.md  n",
    "",
    "",
  ]);
  expect(remarksText(remarks, true)).toContain("key 5");
});

test("what an interrupted import has left is cleared away by the next, and what one that runs is writing is not", async () => {
  const { from, into } = foreign({ "2025-01-02-a.md": "# A\n\nThe API was down for an hour.\n" });
  const { pid: ended } = spawnSync(process.execPath, ["-e", ""]);
  const [left, running] = [ended, process.ppid].map((pid) => join(dirname(into), `.new.importing-${pid}`));
  for (const folder of [left, running]) mkdirSync(String(folder));
  await importSite({ ...settings, format: "postmortems", from, into });
  expect([left, running, into].map((folder) => existsSync(String(folder)))).toEqual([false, true, true]);
});
