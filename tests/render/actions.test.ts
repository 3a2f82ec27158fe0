import { expect, test } from "vitest";
import { followUpLists } from "#lib/site/views/actions.ts";
import { siteOf } from "./site.ts";

const entry = (title: string, actions: string) =>
  `---\ntitle: ${title}\nimpact: minor\nstarted: 2026-03-02T10:00Z\nended: 2026-03-02T11:00Z\nactions: [${actions}]\n---\n`;

test("follow-up of all incidents is overdue, open or done, each in the order in which it matters", () => {
  const site = siteOf({
    "a.md": entry("A", "{ title: Late, due: 2026-05-01 }, { title: Some day }, { title: Then, done: 2026-04-01 }"),
    "b.md": entry("B", "{ title: Later, due: 2026-04-01 }, { title: Soon, due: 2027-01-01 }"),
    "c.md": entry("C", "{ title: Now, done: 2026-06-01, due: 2026-05-01 }, { title: Sooner, due: 2026-12-31 }"),
    "d.md": entry("D", ""),
  });
  const { overdue, open, done, pages } = followUpLists(site);
  const titles = (list: typeof overdue) => list.map(({ action }) => action.title);
  expect(titles(overdue)).toEqual(["Later", "Late"]);
  expect(titles(open)).toEqual(["Sooner", "Soon", "Some day"]);
  expect(titles(done)).toEqual(["Now", "Then"]);
  expect(pages).toBe(1);
});
