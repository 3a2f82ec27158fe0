import fc from "fast-check";
import { expect, test } from "vitest";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Content } from "#lib/model/site.ts";
import { type Compilation, compile, compileInSteps } from "#lib/site/compile/compile.ts";
import { countOf } from "#tests/soak.ts";
import { incident, maintenance, NOW } from "./any-files.ts";
import { contentOf, HOUR } from "./site-of.ts";

const DAY = 24 * HOUR;
const SLUGS = Array.from({ length: 6 }, (_, index) => `file-${index}`);

/** What may happen between two compilations: a file is written or removed, the settings change, time passes. */
const happening = fc.oneof(
  fc.record({
    slug: fc.constantFrom(...SLUGS),
    text: fc.option(
      fc.oneof(
        { weight: 3, arbitrary: incident },
        maintenance,
        incident.map((front) => `${front}\nreport: { status: preliminary, due: 2026-03-10 }\n===\nText.`),
      ),
      { nil: undefined },
    ),
  }),
  fc.record({
    config: fc.constantFrom<Partial<SiteConfig>>(
      { reports: { preliminaryWithinMs: HOUR } },
      { timezone: "Australia/Lord_Howe" },
      {},
    ),
  }),
  // Minutes, days, and back again, as clocks are put right.
  fc.record({ ms: fc.oneof(fc.integer({ min: 1, max: HOUR }), fc.integer({ min: -2 * DAY, max: 30 * DAY })) }),
);

function compileFrom(content: Content, now: number, earlier: Compilation | undefined): Compilation {
  const steps = compileInSteps(content, now, earlier);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

test("whatever changed since, a Site made from an earlier one is the one made from nothing, byte for byte", () => {
  let kept = 0;
  fc.assert(
    fc.property(fc.array(happening, { minLength: 2, maxLength: 12 }), fc.integer({ max: 0, min: -90 }), (all, days) => {
      let now = Date.parse(NOW) + days * DAY;
      let config: Partial<SiteConfig> = {};
      const files: Record<string, string> = {};
      let earlier: Compilation | undefined;
      for (const each of all) {
        if ("ms" in each) now += each.ms;
        else if ("config" in each) config = each.config;
        else if (each.text === undefined) delete files[each.slug];
        else files[each.slug] = each.text;
        // As the store gives it: no object is one that was there before.
        const content = contentOf(files, config);
        const next = compileFrom(content, now, earlier);
        expect(JSON.stringify(next.site)).toBe(JSON.stringify(compile(content, now)));
        expect(next.content).toEqual(content);
        for (const entry of next.content.entries) kept += earlier?.content.entries.includes(entry) ? 1 : 0;
        earlier = next;
      }
    }),
    { numRuns: countOf("random changes compiled from an earlier site", 100, 150) },
  );
  // Otherwise nothing was tried.
  expect(kept).toBeGreaterThan(20);
});

test("what is over and unchanged is the very same object in the next Site, what changed or lasts is not", () => {
  const files = {
    over: "components: { api: major_outage }\nstarted: 2026-03-01T10:00Z\nended: 2026-03-01T11:00Z",
    other: "components: { web: major_outage }\nstarted: 2026-03-02T10:00Z\nended: 2026-03-02T11:00Z",
    open: "components: { mail: major_outage }\nstarted: 2026-03-03T10:00Z",
  };
  const now = Date.parse(NOW);
  const first = compileFrom(contentOf(files), now, undefined);
  const edited = { ...files, other: files.other.replace("11:00", "12:00") };
  const second = compileFrom(contentOf(edited), now + HOUR, first);
  const same = second.site.incidents.map((each) => first.site.incidents.includes(each) && each.slug);
  expect(same.filter(Boolean)).toEqual(["over"]);
});
