import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TEMPLATES } from "#lib/author/templates.ts";
import { importCstate } from "#lib/import/cstate.ts";
import type { Entry } from "#lib/model/incident.ts";
import { parseEntry } from "#lib/parse/entry.ts";
import { beginReport, closeReport, declareIncident, planMaintenance, writeUpdate } from "#lib/wire/author.ts";
import { type Desk, openDesk, type Written } from "#lib/wire/desk.ts";
import type { Environment } from "#lib/wire/environment.ts";
import type { FoundEntry } from "#lib/wire/find-entry.ts";
import { undoLast } from "#lib/wire/undo.ts";
import { put } from "./content-folder.ts";

const CORPORA = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora");
const NOW = Date.parse("2026-11-22T10:00:00Z");

let environment: Environment;
let files: readonly string[];

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), "candor-commands-"));
  const content = join(root, "content");
  environment = { port: 0, host: "127.0.0.1", content, data: join(root, "data") } as Environment;
  for (const [path, bytes] of await realContent()) put(content, path, bytes);
  files = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
});

afterAll(() => rmSync(resolve(environment.content, ".."), { recursive: true }));

/** A site that was really written, or the demonstration's where that is not at hand. */
async function realContent(): Promise<[string, Uint8Array | string][]> {
  if (!existsSync(CORPORA)) {
    const own: [string, Uint8Array][] = [];
    for await (const path of glob("**/*.*", { cwd: "incidents" }))
      own.push([path, readFileSync(join("incidents", path))]);
    return own;
  }
  const folder = resolve(CORPORA, "cstate/jenkins");
  const foreign: { path: string; bytes: Uint8Array }[] = [];
  for await (const path of glob("**/*.{md,yml}", { cwd: folder })) {
    foreign.push({ path, bytes: readFileSync(join(folder, path)) });
  }
  return importCstate(foreign).files.map(({ path, text }) => [path, text]);
}

const texts = fc.oneof(
  fc.constantFrom("All is well.", "a: b # no comment", "- a list\n- of two: things", "~", "'\"`", "  \nx\n\n\ty"),
  fc.lorem({ maxCount: 60 }),
);

/** Each command that changes a file, as an engineer gives it. */
const COMMANDS = {
  update: (desk: Desk, found: FoundEntry, message: string) =>
    writeUpdate(desk, found, { at: "10 minutes ago", status: "update", message }, NOW),
  resolve: (desk: Desk, found: FoundEntry, message: string) =>
    writeUpdate(desk, found, { at: "now", status: found.entry.scheduled ? "completed" : "resolved", message }, NOW),
  report: (desk: Desk, found: FoundEntry) => beginReport(desk, found, TEMPLATES.review),
  final: closeReport,
} as const;

type Command = keyof typeof COMMANDS;

/** What one text has that another has not, where both are the same but for one place. */
function difference(before: string, after: string): { removed: string; added: string } {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { removed: before.slice(head, before.length - tail), added: after.slice(head, after.length - tail) };
}

function expectOnlyWhatWasAsked(command: Command, before: string, after: string): void {
  if (command === "report") {
    // Two places: a key at the end of the front matter, and the sections below it.
    const declared = /^report: \{ status: preliminary \}\r?\n/m.exec(after)?.[0] ?? "";
    const { removed, added } = difference(before, after.replace(declared, ""));
    expect([removed, added.replaceAll("\r", "").trim()]).toEqual(["", TEMPLATES.review.trim()]);
    return;
  }
  const { removed, added } = difference(before, after);
  if (command === "final" && removed !== "") expect([removed, added]).toEqual(["preliminary", "final"]);
  else expect(removed, after).toBe("");
}

/** What the file says besides what the command was to change. */
function rest({ entry }: { readonly entry: Entry }, command: Command, of: "before" | "after") {
  const { report, body, updates, ...others } = entry;
  const hasNew = of === "after" && (command === "update" || command === "resolve");
  const times = updates.map(({ at, status, body: said }) => JSON.stringify([at, status, said]));
  return { others, body: command === "report" ? "" : body, updates: times.length - (hasNew ? 1 : 0) };
}

/** When every file but one was last written. */
function stamps(except: string): string[] {
  return files
    .filter((file) => file !== except)
    .map((file) => statSync(join(environment.content, file)))
    .map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`);
}

it("every command changes only what it was asked to in 200 real files (the demonstration’s where those are not at hand), and undo brings back every byte", async () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(...(Object.keys(COMMANDS) as Command[])),
      texts,
      fc.boolean(),
      async (pick, command, message, isDos) => {
        const file = files[pick % files.length] ?? "";
        const path = join(environment.content, file);
        const original = readFileSync(path);
        const bytes = isDos ? Buffer.from(original.toString("utf8").replaceAll("\n", "\r\n")) : original;
        writeFileSync(path, bytes);
        const neighbours = stamps(file);
        const desk = await openDesk(environment, NOW);
        const first = await foundIn(desk, file);
        // Only a report that is there can become final.
        const isBegun = command === "final" && first.entry.body === "";
        if (isBegun) await COMMANDS.report(desk, first);
        const found = isBegun ? await foundIn(desk, file) : first;
        const written: Written | undefined = await COMMANDS[command](desk, found, message);
        count(`${command}: ${written?.kind ?? "has text"}`);
        const after = readFileSync(path, "utf8");
        if (written?.kind === "written") {
          expectOnlyWhatWasAsked(command, found.text, after);
          const read = parseEntry(file, Buffer.from(after), desk.config.timezone) as { entry: Entry };
          expect(rest(read, command, "after")).toEqual(rest(found, command, "before"));
          expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
        }
        if (isBegun) expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
        expect(readFileSync(path)).toEqual(bytes);
        expect(stamps(file)).toEqual(neighbours);
        writeFileSync(path, original);
      },
    ),
    { numRuns: 200 },
  );
  for (const command of Object.keys(COMMANDS)) expect(seen.get(`${command}: written`), command).toBeGreaterThan(10);
  expect([...seen.keys()].filter((kind) => /refused|changed/.test(kind))).toEqual([]);
}, 120_000);

it("new files leave those that are there alone, and go again by undo", async () => {
  const before = stamps("");
  const desk = await openDesk(environment, NOW);
  const said = { title: "New", message: "x", at: "now", status: "investigating", effects: {}, draft: true } as const;
  expect(await declareIncident(desk, { ...said, impact: "minor", slug: "zz-new" }, NOW)).toMatchObject({
    kind: "written",
  });
  const planned = { title: "Work", message: "x", start: "tomorrow 22:00", end: "+2h", components: [], slug: "zz-work" };
  expect(await planMaintenance(await openDesk(environment, NOW), planned, NOW)).toMatchObject({ kind: "written" });
  expect(readdirSync(join(environment.content, "2026")).filter((name) => name.startsWith("zz-"))).toHaveLength(2);
  expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
  expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
  expect(readdirSync(join(environment.content, "2026")).filter((name) => name.startsWith("zz-"))).toEqual([]);
  expect(stamps("")).toEqual(before);
});

async function foundIn(desk: Desk, file: string): Promise<FoundEntry> {
  const found = await desk.find(file.replace(/^.*\//, "").replace(/\.md$/, ""));
  if ("reason" in found) throw new Error(`${file}: ${found.reason}`);
  return found;
}
