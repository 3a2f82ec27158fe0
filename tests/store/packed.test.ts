import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Content } from "#lib/model/site.ts";
import { packContent, unpackContent } from "#lib/store/packed.ts";
import { contentOf } from "../compile/site-of.ts";

/** Content with an entry for each text. */
function entriesWith(texts: readonly string[]): Content {
  const content = contentOf({ one: "components: { api: major_outage }\nstarted: 2026-03-01T10:00Z\n===\nText." });
  const [entry] = content.entries;
  if (!entry) throw new Error("There is no entry");
  return { ...content, entries: texts.map((title, index) => ({ ...entry, slug: `e${index}`, title })) };
}

test("whatever stands in it, content comes back byte for byte, from nothing and from any other", async () => {
  const texts = fc.array(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\n", "a\r\nb", "],\n[", "\u2028", "")),
  );
  await fc.assert(
    fc.asyncProperty(texts, texts, async (one, other) => {
      const [before, after] = [entriesWith(one), entriesWith(other)];
      const read = await unpackContent(await packContent(before));
      expect(JSON.stringify(read)).toBe(JSON.stringify(before));
      expect(JSON.stringify(await unpackContent(await packContent(after), read))).toBe(JSON.stringify(after));
    }),
    { numRuns: 30 },
  );
});

test("an entry that is written as before is the very same object, wherever it stands", async () => {
  const before = await unpackContent(await packContent(entriesWith(["a", "b", "c"])));
  const entries = before.entries.map((entry) => (entry.title === "b" ? { ...entry, title: "changed" } : { ...entry }));
  const next = { ...before, entries: entries.toReversed() };
  const after = await unpackContent(await packContent(next), before);
  expect(after.entries.map((entry) => before.entries.indexOf(entry))).toEqual([2, -1, 0]);
  expect(after).toEqual(next);
});

test("what was published before entries had lines of their own is read as it was", async () => {
  const content = entriesWith(["a", "b"]);
  const packed = await promisify(zstdCompress)(JSON.stringify(content));
  expect(await unpackContent(packed)).toEqual(content);
  expect(await unpackContent(packed, content)).toEqual(content);
});
