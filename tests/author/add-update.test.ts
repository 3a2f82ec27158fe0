import { existsSync, readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addUpdate } from "#lib/content/author/add-update.ts";
import type { NewUpdate } from "#lib/content/author/update-text.ts";
import { importCstate } from "#lib/content/import/cstate.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";

const CORPORA = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora");

const read = (text: string) => parseEntry("a.md", Buffer.from(text), "Europe/Copenhagen").entry;

/** The bytes that one text has more than another, where that is all they differ in. */
function added(before: string, after: string): string | undefined {
  let head = 0;
  while (head < before.length && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < before.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return head + tail === before.length ? after.slice(head, after.length - tail) : undefined;
}

const texts = fc.oneof(
  fc.constantFrom(
    "All is well.",
    "a: b # no comment",
    "- a list\n- of two: things",
    "> [!NOTE]\n> x",
    "~",
    "yes",
    "'\"`",
  ),
  fc.lorem({ maxCount: 60 }),
);
const updates: fc.Arbitrary<NewUpdate> = fc.record(
  {
    at: fc.constantFrom("2026-11-22T10:00:00+01:00", "2026-11-22T10:00Z", "~2026-11-22", "2026-11-21/2026-11-22"),
    status: fc.constantFrom("investigating", "identified", "monitoring", "resolved", "update"),
    body: texts,
    components: fc.constantFrom(
      { api: "partial_outage" as const },
      { api: "operational" as const, "web-2": "major_outage" as const },
    ),
  },
  { requiredKeys: ["at", "status", "body"] },
);

/** Adds the update and holds the result against the file as it was. */
function expectOnlyThatAdded(source: string, update: NewUpdate, newestFirst: boolean): void {
  const after = addUpdate(source, update, newestFirst);
  const [was, is] = [read(source), read(after)];
  expect(was, source).toBeDefined();
  expect(is, after).toBeDefined();
  const rest = [...(is?.updates ?? [])];
  const own = newestFirst ? rest.shift() : rest.pop();
  expect({ ...is, updates: rest }).toEqual(was);
  expect(own).toMatchObject({ status: update.status, components: update.components ?? {} });
  expect(own?.body.replaceAll("\r", "").trim()).toBe(update.body.trim());
}

describe("adding an update to the files people wrote", () => {
  it("changes no other byte of 200 real files, or of the demonstration's where those are not at hand", async () => {
    const sources = await realFiles();
    expect(sources.length).toBeGreaterThan(4);
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        updates,
        fc.boolean(),
        fc.boolean(),
        (file, update, newestFirst, isDos) => {
          const source = isDos ? file.replaceAll("\n", "\r\n") : file;
          expectOnlyThatAdded(source, update, newestFirst);
          expect(added(source, addUpdate(source, update, newestFirst)), source).toBeDefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  const forms: [string, string][] = [
    ["no updates", "---\ntitle: A\nstarted: 2026-01-01\n---\nBody\n"],
    ["an empty key", "---\ntitle: A\nupdates:\nstarted: 2026-01-01 # known\n---\n"],
    ["an empty list", "---\ntitle: A\nupdates: []\nstarted: 2026-01-01\n---\n"],
    [
      "a list without indentation",
      "---\ntitle: A\nupdates:\n- at: 2026-01-01\n  status: resolved\n  body: x\ntags: [a]\n---\n",
    ],
    [
      "deep indentation",
      "---\ntitle: A\nupdates:\n      -   at: 2026-01-01\n          status: resolved\n          body: x # done\n---\n",
    ],
    ["a list in one line", "---\ntitle: A\nupdates: [{ at: 2026-01-01, status: resolved, body: x }]\n---\n"],
    [
      "comments around",
      "---\n# first\ntitle: A\nupdates:\n  # before\n  - at: 2026-01-01\n    status: resolved\n    body: |\n      x\n\n      y\n  # after\n# last\ntags: [a]\n---\n",
    ],
    [
      "a text that keeps its blank lines",
      "---\ntitle: A\nupdates:\n  - at: 2026-01-01\n    status: resolved\n    body: |+\n      x\n\n---\n",
    ],
  ];
  it.each(forms)("copes with %s", (_name, source) => {
    const update = { at: "2026-02-01T10:00Z", status: "update", body: "More is known." } as const;
    for (const newestFirst of [false, true]) expectOnlyThatAdded(source, update, newestFirst);
  });

  it.each([
    ["updates: # ask legal first", "updates: # ask legal first"],
    ["updates: [] # note", "updates: # note"],
    ["updates: ~ # note", "updates: # note"],
    ["updates: [\n]", "updates:"],
  ])("keeps the comment behind an empty key on its line: %s", (line, kept) => {
    for (const newline of ["\n", "\r\n"]) {
      const source = `---\ntitle: A\n${line}\nstarted: 2026-01-01\n---\n`.replaceAll("\n", newline);
      const update = { at: "2026-02-01T10:00Z", status: "update", body: "More is known." } as const;
      expectOnlyThatAdded(source, update, false);
      expect(addUpdate(source, update, false).split(newline).slice(0, 4)).toEqual([
        "---",
        "title: A",
        kept,
        "  - at: 2026-02-01T10:00Z",
      ]);
    }
  });

  it.each(["{title: A, updates: []}", "title: A\nupdates: [ # ask legal first\n]", "title: A\nupdates: none"])(
    "refuses what nothing can be added to: %s",
    (front) => {
      const update = { at: "2026-02-01", status: "update", body: "x" } as const;
      expect(() => addUpdate(`---\n${front}\n---\n`, update, false)).toThrow(
        expect.objectContaining({ code: "CANNOT_EDIT" }) as Error,
      );
    },
  );

  it("keeps every comment", () => {
    const source = forms.find(([name]) => name === "comments around")?.[1] ?? "";
    const after = addUpdate(source, { at: "2026-02-01", status: "update", body: "x" }, false);
    for (const comment of ["# first", "# before", "# after", "# last"]) expect(after).toContain(comment);
  });
});

async function realFiles(): Promise<string[]> {
  const own: string[] = [];
  for await (const path of glob("incidents/**/*.md")) own.push(readFileSync(path, "utf8"));
  if (!existsSync(CORPORA)) return own;
  const foreign: { path: string; bytes: Uint8Array }[] = [];
  for await (const path of glob("**/*", { cwd: resolve(CORPORA, "cstate/jenkins") })) {
    const full = resolve(CORPORA, "cstate/jenkins", path);
    if (/\.(?:md|yml)$/.test(path)) foreign.push({ path, bytes: readFileSync(full) });
  }
  return [
    ...own,
    ...importCstate(foreign)
      .files.filter(({ path }) => path.endsWith(".md"))
      .map(({ text }) => text),
  ];
}
