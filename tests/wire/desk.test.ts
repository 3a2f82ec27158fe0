import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addUpdate } from "#lib/author/add-update.ts";
import { openDesk } from "#lib/wire/desk.ts";
import type { Environment } from "#lib/wire/environment.ts";
import { undoLast } from "#lib/wire/undo.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const TEXT =
  "---\ntitle: A\ncomponents: [api]\nupdates:\n  - at: 2026-11-22T09:00Z\n    status: investigating\n    body: x\n---\n";
const UPDATE = { at: "2026-11-22T09:30Z", status: "resolved", body: "y" } as const;

let root: string;
let environment: Environment;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "candor-author-"));
  environment = { port: 0, host: "127.0.0.1", content: join(root, "content"), data: join(root, "data") };
  mkdirSync(environment.content);
  writeFileSync(
    join(environment.content, "site.yaml"),
    "name: A\nurl: https://a.example\ncomponents:\n  - { id: api, name: API }\n",
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const on = (path: string) => join(environment.content, path);
const desk = () => openDesk(environment, NOW);

describe("writing incident files", () => {
  it("creates, changes, and takes both back in turn", async () => {
    expect(await (await desk()).create("2026-a", TEXT, "2026")).toEqual({ kind: "written", file: "2026/2026-a.md" });
    const found = await (await desk()).find("2026-a");
    if ("reason" in found) throw new Error("not found");
    await (await desk()).change(found, (source) => addUpdate(source, UPDATE, false));
    expect(readFileSync(on("2026/2026-a.md"), "utf8")).toContain("status: resolved");
    expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
    expect(readFileSync(on("2026/2026-a.md"), "utf8")).toBe(TEXT);
    expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
    expect(() => readFileSync(on("2026/2026-a.md"))).toThrow("ENOENT");
    expect(await undoLast(environment.data)).toBeUndefined();
  });

  it("takes nothing back that somebody has changed since", async () => {
    await (await desk()).create("2026-a", TEXT, "2026");
    writeFileSync(on("2026/2026-a.md"), `${TEXT}More\n`);
    expect(await undoLast(environment.data)).toMatchObject({ isUndone: false });
    expect(readFileSync(on("2026/2026-a.md"), "utf8")).toBe(`${TEXT}More\n`);
  });

  it("refuses what would not pass the checks, and what somebody else changed meanwhile", async () => {
    const opened = await desk();
    expect(await opened.create("2026-a", TEXT.replace("api", "apo"), "2026")).toMatchObject({
      kind: "refused",
      problems: [{ rule: "unknown-component" }],
    });
    await opened.create("2026-a", TEXT, "2026");
    expect(await opened.create("2026-a", TEXT, "2026")).toMatchObject({ kind: "changed" });
    const found = await (await desk()).find("2026-a");
    if ("reason" in found) throw new Error("not found");
    writeFileSync(on("2026/2026-a.md"), `${TEXT}Theirs\n`);
    expect(await (await desk()).change(found, (source) => addUpdate(source, UPDATE, false))).toMatchObject({
      kind: "changed",
    });
    expect(readFileSync(on("2026/2026-a.md"), "utf8")).toBe(`${TEXT}Theirs\n`);
  });

  it("finds a file by a part of its name that no other has", async () => {
    for (const name of ["2026-api-slow", "2026-api-down"]) writeFileSync(on(`${name}.md`), TEXT);
    expect(await (await desk()).find("slow")).toMatchObject({ file: "2026-api-slow.md" });
    expect(await (await desk()).find("api")).toMatchObject({
      reason: "several",
      slugs: ["2026-api-down", "2026-api-slow"],
    });
    expect(await (await desk()).find("mail")).toMatchObject({ reason: "none" });
    writeFileSync(on("2026-broken.md"), "---\n");
    expect(await (await desk()).find("broken")).toMatchObject({
      reason: "broken",
      problems: [{ rule: "front-matter-fence" }],
    });
  });

  it("says what is wrong with site.yaml before anything is written", async () => {
    writeFileSync(on("site.yaml"), "name: A\n");
    await expect(desk()).rejects.toThrow("url");
  });
});
