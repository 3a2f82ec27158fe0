import { expect, test } from "vitest";
import { compile } from "#lib/site/compile/compile.ts";
import { contentOf } from "./site-of.ts";

test("nothing that authors noted in comments gets into the Site, which everything public is made from", () => {
  const files = {
    update:
      "updates:\n  - { at: 2026-03-05T10:00Z, status: resolved, body: 'Visible. <!-- zqsecret ask B --> More.' }\n===\nA\n\n<!-- zqsecret -->\n\nB",
    work: "scheduled: { start: 2026-03-08T10:00Z, end: 2026-03-08T12:00Z }\nupdates:\n  - { at: 2026-03-05T10:00Z, status: scheduled, body: 'Soon.<!-- zqsecret -->' }\n===\nA<!-- zqsecret -->B",
  };
  const content = contentOf(files);
  const preliminary = { body: "Early.<!-- zqsecret -->", published: content.entries[0]?.updates[0]?.at };
  const entries = content.entries.map((entry) => ({ ...entry, preliminary }) as (typeof content.entries)[number]);
  const site = JSON.stringify(compile({ ...content, entries }, Date.parse("2026-03-06T00:00Z")));
  expect(JSON.stringify(content)).toContain("zqsecret");
  for (const words of ["Visible.", "More.", "Soon.", "Early."]) expect(site).toContain(words);
  expect(site).not.toContain("zqsecret");
});
