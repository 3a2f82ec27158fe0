import { expect, test } from "vitest";
import type { Entry, EntryUpdate } from "#lib/model/incident.ts";
import type { Content } from "#lib/model/site.ts";
import { contentChanges } from "#lib/publishing/changes/content-changes.ts";

function entry(slug: string, more: Partial<Entry> = {}): Entry {
  const none = { components: {}, updates: [], actions: [], tags: [], redirects: [] };
  return { slug, file: `2026/${slug}.md`, title: slug, draft: false, body: "", ...none, ...more };
}

function update(minute: number, body: string, more: Partial<EntryUpdate> = {}): EntryUpdate {
  const at = { kind: "instant", at: minute * 60_000, offset: 0, precision: "minute", approximate: false } as const;
  return { at, status: "update", body, components: {}, ...more };
}

function content(entries: readonly Entry[], name = "Tidewater"): Content {
  const config = { url: "https://status.tidewater.example", description: "", timezone: "UTC", locale: "en" };
  return { config: { ...config, name, support: {}, components: [], reports: {} }, entries, images: [] };
}

/** What was stored comes back as other objects. */
function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Slugs of what was added and removed, and what changed of which. */
function told(before: readonly Entry[], after: readonly Entry[]) {
  const { added, changed, removed } = contentChanges(content(stored(before)), content(after));
  return {
    added: added.map(({ slug }) => slug),
    removed: removed.map(({ slug }) => slug),
    changed: changed.map(({ after: { slug }, parts, updates }) => {
      const numbers = [updates.added, updates.edited, updates.removed].map((list) => list.length);
      return [slug, parts.join(" "), numbers.join(" ")];
    }),
  };
}

test("of equal contents nothing differs, however long ago one was stored", () => {
  const entries = [entry("a", { updates: [update(1, "x")], components: { api: null } }), entry("b")];
  expect(contentChanges(stored(content(entries)), content(entries))).toEqual({
    added: [],
    changed: [],
    removed: [],
    isSettingsChange: false,
  });
});

test("without a before everything is new, and no setting has changed", () => {
  const { added, isSettingsChange } = contentChanges(undefined, content([entry("a"), entry("b")]));
  expect([added.length, isSettingsChange]).toEqual([2, false]);
});

test("entries come and go by their slugs; the order of files is no change", () => {
  const [a, b, c] = [entry("a"), entry("b"), entry("c")];
  expect(told([a, b], [c, b])).toEqual({ added: ["c"], removed: ["a"], changed: [] });
  expect(told([a, b], [b, a])).toEqual({ added: [], removed: [], changed: [] });
});

test.each<[string, Partial<Entry>, string]>([
  ["title", { title: "b" }, "title"],
  ["impact", { impact: "major" }, "impact"],
  ["components", { components: { api: "major_outage" } }, "components"],
  ["end", { ended: update(3, "").at }, "times"],
  ["report", { body: "Why" }, "report"],
  ["state of the report", { report: { status: "final" } }, "report"],
  ["actions", { actions: [{ title: "Mend" }] }, "actions"],
  ["tags", { tags: ["dns"] }, "tags"],
  ["file", { file: "2025/a.md" }, "file"],
  ["several", { title: "b", tags: ["dns"], body: "Why" }, "title report tags"],
])("a change of the %s is told as such", (_, more, parts) => {
  expect(told([entry("a")], [entry("a", more)]).changed).toEqual([["a", parts, "0 0 0"]]);
});

test("updates are new, edited or gone; in another order they are the same", () => {
  const [one, two, three] = [update(1, "one"), update(2, "two"), update(3, "three")];
  const change = (before: EntryUpdate[], after: EntryUpdate[]) =>
    told([entry("a", { updates: before })], [entry("a", { updates: after })]).changed.map(([, , numbers]) => numbers);
  expect(change([one], [one, two])).toEqual(["1 0 0"]);
  expect(change([one, two], [one, update(2, "Two!")])).toEqual(["0 1 0"]);
  expect(change([one, two], [two])).toEqual(["0 0 1"]);
  expect(change([one, two, three], [three, one, two])).toEqual([]);
  expect(change([one, two], [update(1, "uno"), two, three])).toEqual(["1 1 0"]);
  expect(change([one, one], [one])).toEqual(["0 0 1"]);
});

test("an entry that redirects from its former address was renamed", () => {
  const before = [entry("old", { body: "Why" })];
  const after = [entry("new", { title: "old", body: "Why", redirects: ["/incidents/old/"] })];
  expect(told(before, after)).toEqual({ added: [], removed: [], changed: [["new", "address file", "0 0 0"]] });
  const beside = [...after, entry("old")];
  expect(told(before, beside)).toMatchObject({ added: ["new"], removed: [] });
});

test("a change of the settings is told apart from the entries'", () => {
  const { isSettingsChange, changed } = contentChanges(content([entry("a")]), content([entry("a")], "Ebb"));
  expect([isSettingsChange, changed]).toEqual([true, []]);
});
