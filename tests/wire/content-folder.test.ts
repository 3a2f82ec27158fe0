import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addUpdate } from "#lib/content/author/add-update.ts";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import type { FoundEntry } from "#lib/content/folder/find-entry.ts";
import { type Move, moveMaintenance } from "#lib/content/folder/move-maintenance.ts";
import { undoLast } from "#lib/content/folder/undo.ts";
import { beginReport, closeReport, planMaintenance, type SaidUpdate, writeUpdate } from "#lib/content/folder/write.ts";
import type { Environment } from "#lib/settings/environment.ts";

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
const desk = () => openContentFolder(environment, NOW);
const writeUpdateNow = async (found: FoundEntry, said: SaidUpdate) => await writeUpdate(await desk(), found, said, NOW);

describe("writing incident files", () => {
  it("creates, changes, and takes both back in turn", async () => {
    expect(await (await desk()).create("2026-a", TEXT, "2026")).toEqual({
      kind: "written",
      file: "2026/2026-a.md",
      text: TEXT,
      warnings: [expect.objectContaining({ rule: "no-impact" })],
    });
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
    expect(await (await desk()).find("mail")).toMatchObject({ reason: "none", folder: environment.content });
    writeFileSync(on("2026-broken.md"), "---\n");
    expect(await (await desk()).find("broken")).toMatchObject({
      reason: "broken",
      problems: [{ rule: "front-matter-fence" }],
    });
  });

  it("names the file that was probably meant, whatever its date", async () => {
    for (const name of ["2026-11-20-late-labels", "2026-11-21-api-down"]) writeFileSync(on(`${name}.md`), TEXT);
    const meant = async (slug: string) => {
      const found = await (await desk()).find(slug);
      return "reason" in found ? found.meant : found.file;
    };
    expect(await meant("late-lables")).toBe("2026-11-20-late-labels");
    expect(await meant("2026-11-22-api-dwon")).toBe("2026-11-21-api-down");
    expect(await meant("something-else")).toBeUndefined();
  });

  it("says what is wrong with site.yaml before anything is written", async () => {
    writeFileSync(on("site.yaml"), "name: A\n");
    await expect(desk()).rejects.toThrow("url");
  });
});

describe("changing what readers were told to expect", () => {
  it("keeps what readers were promised when an update is added, and refuses a promise that is past", async () => {
    const before = TEXT.replace(
      "title: A\n",
      "title: A\nnext_update: 2026-11-22T10:30Z\nexpected_end: 2026-11-22T11:00Z\n",
    );
    await (await desk()).create("2026-a", before, "2026");
    const found = await (await desk()).find("2026-a");
    if ("reason" in found) throw new Error("not found");
    const said = { at: "now", status: "identified", message: "y", expectedEnd: "+2h" } as const;
    await expect(writeUpdateNow(found, { ...said, nextUpdate: "9:00 today" })).rejects.toMatchObject({
      field: "nextUpdate",
      message:
        "The next update would be past already: “9:00 today” is 2026-11-22T09:00Z. Say a time that is still to come, as 30m or 18:30.",
    });
    await writeUpdateNow(found, { ...said, nextUpdate: "45m" });
    expect(readFileSync(on("2026/2026-a.md"), "utf8").replace(/ *id: .*\n/g, "")).toBe(
      before
        .replace("next_update: 2026-11-22T10:30Z\n", "")
        .replace("T11:00Z", "T12:00Z")
        .replace(
          "    body: x\n",
          "    body: x\n    next_update: 2026-11-22T10:30Z\n  - at: 2026-11-22T10:00Z\n    status: identified\n    body: y\n    next_update: 2026-11-22T10:45Z\n",
        ),
    );
  });

  it("postpones and extends planned work, and refuses what makes no sense", async () => {
    const planned = { title: "Work", message: "We upgrade.", start: "14:00", end: "+2h", components: ["api"] };
    await planMaintenance(await desk(), planned, NOW);
    const move = async (change: Omit<Move, "message">, now = NOW) => {
      const at = await openContentFolder(environment, now);
      const found = await at.find("work");
      if ("reason" in found) throw new Error("not found");
      const written = await moveMaintenance(at, found, { ...change, message: "It takes longer." }, now);
      return written.kind === "written" ? /^scheduled: (.*)$/m.exec(written.text)?.[1] : written;
    };
    expect(await move({ start: "tomorrow 14:30" })).toBe("{ start: 2026-11-23T14:30Z, end: 2026-11-23T16:30Z }");
    expect(await move({ start: "tomorrow 14:00", end: "+1h" })).toBe(
      "{ start: 2026-11-23T14:00Z, end: 2026-11-23T15:00Z }",
    );
    expect(await move({ end: "+30m" })).toBe("{ start: 2026-11-23T14:00Z, end: 2026-11-23T15:30Z }");
    await expect(move({ end: "2026-11-23T15:00Z" })).rejects.toMatchObject({ field: "end", code: "BAD_TIME" });
    await expect(move({ start: "10 minutes ago" })).rejects.toMatchObject({ field: "start" });
    const during = Date.parse("2026-11-23T15:00Z");
    expect(await move({ start: "tomorrow 14:00" }, during)).toMatchObject({
      kind: "refused",
      problems: [{ message: "The maintenance has begun, so it cannot be postponed." }],
    });
    expect(await move({ end: "+1h" }, during)).toBe("{ start: 2026-11-23T14:00Z, end: 2026-11-23T16:30Z }");
    expect(await move({ end: "+1h" }, during + 86_400_000)).toMatchObject({
      problems: [{ message: "The maintenance is over." }],
    });
  });
});

describe("files that are not plain UTF-8", () => {
  it("leaves a file that is not UTF-8 as it is, and says where", async () => {
    const latin = Buffer.from(TEXT.replace("title: A", "title: Gr\u00fcn"), "latin1");
    writeFileSync(on("2026-a.md"), latin);
    expect(await (await desk()).find("2026-a")).toMatchObject({ reason: "broken", problems: [{ rule: "not-utf8" }] });
    expect(readFileSync(on("2026-a.md"))).toEqual(latin);
  });

  it("takes nothing back from a file whose bytes only look the same", async () => {
    await (await desk()).create("2026-a", TEXT.replace("title: A", "title: \ufffd"), "2026");
    const theirs = Buffer.from(TEXT.replace("title: A", "title: \u00ff"), "latin1");
    writeFileSync(on("2026/2026-a.md"), theirs);
    expect(await undoLast(environment.data)).toMatchObject({ isUndone: false });
    expect(readFileSync(on("2026/2026-a.md"))).toEqual(theirs);
  });

  it("keeps a byte order mark, there and back", async () => {
    const marked = Buffer.from(`\ufeff${TEXT}`);
    writeFileSync(on("2026-a.md"), marked);
    const found = await (await desk()).find("2026-a");
    if ("reason" in found) throw new Error("not found");
    expect(await (await desk()).change(found, (source) => addUpdate(source, UPDATE, false))).toMatchObject({
      kind: "written",
    });
    expect(readFileSync(on("2026-a.md"), "utf8")).toMatch(/^\ufeff---\n(?:.*\n)*.*status: resolved/);
    await undoLast(environment.data);
    expect(readFileSync(on("2026-a.md"))).toEqual(marked);
  });
});

describe("addresses of new files", () => {
  it.each(["../../evil", "_h/lost", ".hidden", "", "a b", "a/b", "a".repeat(121)])(
    "refuses “%s” as an address and says what one may hold",
    async (slug) => {
      expect(await (await desk()).create(slug, TEXT, "2026")).toMatchObject({
        kind: "refused",
        problems: [{ rule: "slug", remedy: expect.stringContaining("letters (a to z), digits, hyphens") as string }],
      });
      expect(readdirSync(root, { recursive: true }).filter((path) => String(path).endsWith(".md"))).toEqual([]);
    },
  );

  it("refuses an address that a file in any folder has already", async () => {
    mkdirSync(on("old/2019"), { recursive: true });
    writeFileSync(on("old/2019/API-slow.md"), TEXT);
    expect(await (await desk()).create("api-Slow", TEXT, "2026")).toMatchObject({
      kind: "refused",
      problems: [{ rule: "duplicate-slug", message: expect.stringContaining("old/2019/API-slow.md") as string }],
    });
    expect(() => readFileSync(on("2026/api-Slow.md"))).toThrow("ENOENT");
  });
});

describe("what is on the desk", () => {
  it("is the newest by its name, with what is not over first", async () => {
    const over = TEXT.replace("investigating", "resolved");
    writeFileSync(on("2026-11-01-open.md"), TEXT);
    writeFileSync(on("2026-11-03-draft.md"), TEXT.replace("title", "draft: true\ntitle"));
    writeFileSync(on("2026-11-04-over.md"), over);
    mkdirSync(on("2025"));
    writeFileSync(on("2025/2025-01-01-over.md"), over);
    writeFileSync(on("2026-11-05-broken.md"), "---\ntitle: [\n---\n");
    const entries = await (await desk()).newest();
    expect(entries.map(({ entry }) => entry.slug)).toEqual([
      "2026-11-03-draft",
      "2026-11-01-open",
      "2026-11-04-over",
      "2025-01-01-over",
    ]);
  });
});

describe("closing a report", () => {
  it("is refused while there is nothing to read in it", async () => {
    const found = async () => {
      const one = await (await desk()).find("2026-a");
      if ("reason" in one) throw new Error("not found");
      return one;
    };
    writeFileSync(on("2026-a.md"), TEXT);
    const close = async () => closeReport(await desk(), await found());
    expect(await close()).toMatchObject({ problems: [{ message: "There is no report yet." }] });
    await beginReport(await desk(), await found(), "## What happened?\n");
    expect(await close()).toMatchObject({ problems: [{ message: "The report is nothing but headings yet." }] });
    writeFileSync(on("2026-a.md"), `${(await found()).text}\nA disk was full.\n`);
    expect(await close()).toMatchObject({ kind: "written" });
    expect((await found()).entry.report).toEqual({ status: "final" });
  });
});

describe("planning a maintenance", () => {
  // Said on a Sunday at 10:00; the site has no zone of its own, so it keeps to UTC.
  const plan = async (start: string, end: string) => {
    const said = { title: "Work", message: "x", start, end, components: ["api"], slug: "work" };
    return planMaintenance(await desk(), said, NOW);
  };

  it("means the days that are still to come", async () => {
    expect(await plan("friday 22:00", "saturday 01:00")).toMatchObject({ kind: "written" });
    const text = readFileSync(on("2026/work.md"), "utf8");
    expect(text).toContain("start: 2026-11-27T22:00Z");
    expect(text).toContain("end: 2026-11-28T01:00Z");
  });

  it.each([
    ["yesterday 22:00", "yesterday 23:00", "WINDOW_OVER"],
    ["2026-11-20T22:00Z", "2026-11-22T10:00Z", "WINDOW_OVER"],
    ["last friday 22:00", "last saturday 01:00", "WINDOW_OVER"],
    ["tomorrow", "tomorrow 23:00", "BAD_TIME"],
    ["tomorrow 22:00", "2026-11-24", "BAD_TIME"],
    ["22:00 to 23:30", "23:30", "BAD_TIME"],
  ])("refuses %s to %s", async (start, end, code) => {
    await expect(plan(start, end)).rejects.toMatchObject({ code });
    expect(() => readFileSync(on("2026/work.md"))).toThrow("ENOENT");
  });
});
