import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openOffice } from "./office.ts";
import { Person } from "./person.ts";

test("moves planned work and corrects a text, each shown first, and loses nothing", async () => {
  const office = await openOffice({
    "2026/work.md":
      "---\ntitle: Work\nscheduled: { start: 2026-11-22T14:00Z, end: 2026-11-22T16:00Z } # agreed\nupdates:\n  - { at: 2026-11-22T09:00Z, status: scheduled, body: We wil upgrade. <!-- ours --> }\n---\n",
  });
  const anna = await Person.of(office, "author");
  const move = { start: "tomorrow 14:00", end: "", message: "One day later." };
  expect((await anna.post("/operator/work/move", { ...move, step: "preview" })).html).toContain("One day later.");
  expect(await anna.post("/operator/work/move", { ...move, start: "soonish", step: "write" })).toMatchObject({
    status: 422,
    html: expect.stringContaining('<a href="#start">“soonish” is not a time.</a>'),
  });
  expect(await anna.post("/operator/work/move", { ...move, step: "write" })).toMatchObject({ status: 303 });
  const page = "/operator/work/correct/u20261122T090000Z";
  expect((await anna.get("/operator/work")).html).toContain(`href="${page}"`);
  expect((await anna.get(page)).html).toContain("We wil upgrade. &lt;!-- ours --&gt;");
  await anna.post(page, { message: "We will upgrade. <!-- ours -->", step: "write" });
  expect(readFileSync(join(office.environment.content, "2026/work.md"), "utf8").replace(/^ *id: .*\n/gm, "")).toBe(
    "---\ntitle: Work\nscheduled: { start: 2026-11-23T14:00Z, end: 2026-11-23T16:00Z } # agreed\nupdates:\n" +
      '  - { at: 2026-11-22T09:00Z, status: scheduled, body: "We will upgrade. <!-- ours -->" }\n' +
      "  - at: 2026-11-22T10:00Z\n    status: update\n    body: One day later.\n---\n",
  );
  expect(office.faults).toEqual([]);
});
