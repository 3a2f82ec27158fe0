import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TEMPLATES } from "#lib/content/author/templates.ts";
import { promiseAction } from "#lib/content/folder/actions.ts";
import { type ContentFolder, openContentFolder, type Written } from "#lib/content/folder/content-folder.ts";
import type { FoundEntry } from "#lib/content/folder/find-entry.ts";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { undoLast } from "#lib/content/folder/undo.ts";
import {
  beginReport,
  closeReport,
  declareIncident,
  endDraft,
  planMaintenance,
  writeUpdate,
} from "#lib/content/folder/write.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { put } from "./content-folder.ts";
import { HANDS, realContent } from "./real-files.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");

let environment: Environment;
let files: readonly string[];

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), "candor-commands-"));
  const content = join(root, "content");
  environment = { port: 0, host: "127.0.0.1", content, data: join(root, "data") } as Environment;
  for (const [path, bytes] of await realContent()) put(content, path, bytes);
  // What has an error is not written to: the person is told to mend it first.
  files = (await checkFolder(content, NOW)).entries.map(({ file }) => file);
});

afterAll(() => rmSync(resolve(environment.content, ".."), { recursive: true }));

const texts = fc.oneof(
  fc.constantFrom("All is well.", "a: b # no comment", "- a list\n- of two: things", "~", "'\"`", "  \nx\n\n\ty"),
  fc.lorem({ maxCount: 60 }),
);

/** Each command that changes a file, as an engineer gives it. */
const COMMANDS = {
  update: (contentFolder: ContentFolder, found: FoundEntry, message: string) =>
    writeUpdate(contentFolder, found, { at: "10 minutes ago", status: "update", message }, NOW),
  worse: (contentFolder: ContentFolder, found: FoundEntry, message: string) => {
    const effects = { [contentFolder.config.components[0]?.id ?? ""]: "major_outage" } as const;
    return writeUpdate(contentFolder, found, { at: "now", status: "update", message, effects }, NOW);
  },
  resolve: (contentFolder: ContentFolder, found: FoundEntry, message: string) =>
    writeUpdate(
      contentFolder,
      found,
      { at: "now", status: found.entry.scheduled ? "completed" : "resolved", message },
      NOW,
    ),
  report: (contentFolder: ContentFolder, found: FoundEntry) => beginReport(contentFolder, found, TEMPLATES.review),
  final: closeReport,
  "end a draft": endDraft,
  act: (contentFolder: ContentFolder, found: FoundEntry, message: string) => {
    const title = message.replace(/\s+/g, " ").trim().slice(0, 100);
    return promiseAction(contentFolder, found, { title, kind: "prevent", due: "2026-12-31" }, NOW);
  },
} as const;

/** Those that add an update. */
const UPDATES: readonly string[] = ["update", "worse", "resolve"];

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
  // A file that had no id gets the one it had by its name, in a place of its own.
  const id = /^id: [a-z0-9]{12}\r?\n/m;
  const { removed, added } = difference(before, id.test(before) ? after : after.replace(id, ""));
  if (command === "end a draft") {
    expect([removed.replace(/\r?\n/, ""), added]).toEqual([
      before.includes("draft: true") ? "draft: true   # until legal has read it" : "",
      "",
    ]);
    return;
  }
  if (command === "final" && removed !== "") expect([removed, added]).toEqual(["preliminary", "final"]);
  else expect(removed, after).toBe("");
}

/** What the file says besides what the command was to change. */
function rest({ entry }: { readonly entry: Entry }, command: Command, of: "before" | "after") {
  const { report, body, updates, draft, actions, ...others } = entry;
  const hasNew = of === "after" && UPDATES.includes(command);
  const times = updates.map(({ at, status, body: said }) => JSON.stringify([at, status, said]));
  return {
    others,
    actions: actions.length - (of === "after" && command === "act" ? 1 : 0),
    body: command === "report" ? "" : body,
    updates: times.length - (hasNew ? 1 : 0),
    draft: command === "end a draft" ? false : draft,
  };
}

/** When every file but one was last written. */
function stamps(except: string): string[] {
  return files
    .filter((file) => file !== except)
    .map((file) => statSync(join(environment.content, file)))
    .map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`);
}

it("every command changes only what it was asked to in 200 real files (the demonstration’s where those are not at hand), however they are written, and undo brings back every byte", async () => {
  expect(files.length).toBeGreaterThan(4);
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(...(Object.keys(COMMANDS) as Command[])),
      texts,
      fc.constantFrom(...Object.keys(HANDS)),
      async (pick, command, message, hand) => {
        const file = files[pick % files.length] ?? "";
        const path = join(environment.content, file);
        const original = readFileSync(path);
        const isBegun = command === "final" && (await entryIn(file)).body === "";
        const text = `${original.toString("utf8")}${isBegun ? "\nWhat we know.\n" : ""}`;
        const bytes = Buffer.from(HANDS[hand]?.(text) ?? text);
        writeFileSync(path, bytes);
        if (hand === "as imported" || !bytes.equals(original)) count(hand);
        const neighbours = stamps(file);
        const contentFolder = await openContentFolder(environment, NOW);
        const found = await foundIn(contentFolder, file);
        const written: Written | undefined = await COMMANDS[command](contentFolder, found, message);
        count(`${command}: ${written?.kind ?? "has text"}`);
        const after = readFileSync(path, "utf8");
        if (written?.kind === "written") {
          expectOnlyWhatWasAsked(command, found.text, after);
          const read = parseEntry(file, Buffer.from(after), contentFolder.config.timezone) as { entry: Entry };
          const { id = read.entry.id } = found.entry;
          expect(read.entry.id).toBe(id);
          const known = { ...found, entry: id === undefined ? found.entry : { ...found.entry, id } };
          expect(rest(read, command, "after")).toEqual(rest(known, command, "before"));
          expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
        } else expect(written).toBeUndefined();
        expect(readFileSync(path)).toEqual(bytes);
        expect(stamps(file)).toEqual(neighbours);
        writeFileSync(path, original);
      },
    ),
    { numRuns: 200 },
  );
  for (const command of Object.keys(COMMANDS)) expect(seen.get(`${command}: written`), command).toBeGreaterThan(5);
  for (const hand of Object.keys(HANDS)) expect(seen.get(hand), hand).toBeGreaterThan(5);
  expect([...seen.keys()].filter((kind) => /refused|changed/.test(kind))).toEqual([]);
});

it("new files leave those that are there alone, and go again by undo", async () => {
  const before = stamps("");
  const contentFolder = await openContentFolder(environment, NOW);
  const said = { title: "New", message: "x", at: "now", status: "investigating", effects: {}, draft: true } as const;
  expect(await declareIncident(contentFolder, { ...said, impact: "minor", slug: "zz-new" }, NOW)).toMatchObject({
    kind: "written",
  });
  const planned = { title: "Work", message: "x", start: "tomorrow 22:00", end: "+2h", components: [], slug: "zz-work" };
  expect(await planMaintenance(await openContentFolder(environment, NOW), planned, NOW)).toMatchObject({
    kind: "written",
  });
  expect(readdirSync(join(environment.content, "2026")).filter((name) => name.startsWith("zz-"))).toHaveLength(2);
  expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
  expect(await undoLast(environment.data)).toMatchObject({ isUndone: true });
  expect(readdirSync(join(environment.content, "2026")).filter((name) => name.startsWith("zz-"))).toEqual([]);
  expect(stamps("")).toEqual(before);
});

async function entryIn(file: string): Promise<Entry> {
  return (await foundIn(await openContentFolder(environment, NOW), file)).entry;
}

async function foundIn(contentFolder: ContentFolder, file: string): Promise<FoundEntry> {
  const found = await contentFolder.find(file.replace(/^.*\//, "").replace(/\.md$/, ""));
  if ("reason" in found) throw new Error(`${file}: ${found.reason}`);
  return found;
}
