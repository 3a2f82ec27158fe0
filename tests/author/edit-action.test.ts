import { expect, test } from "vitest";
import { addAction, addFormerDate, setInAction } from "#lib/content/author/edit-action.ts";
import { actionMeant } from "#lib/content/folder/actions.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";

const file = (actions: string) =>
  `---\ntitle: The API fails # ours\nstarted: 2026-03-02T10:00Z\n${actions}tags: [api]\n---\n\nA text.\n`;

function actionsIn(text: string) {
  const { entry, problems } = parseEntry("a.md", Buffer.from(text), "Europe/Copenhagen");
  expect(problems).toEqual([]);
  return entry?.actions.map(({ due, wasDue, done, ...rest }) => ({
    ...rest,
    ...(due ? { due: due.on } : {}),
    ...(wasDue ? { wasDue: wasDue.map(({ on }) => on) } : {}),
    ...(done ? { done: done.on } : {}),
  }));
}

const NEW = { id: "alert", kind: "detect", title: "Alert: on the queue, #1", due: "2026-04-01" } as const;

test.each([
  ["none", "", []],
  ["an empty list", "actions: [] # soon\n", []],
  ["nothing", "actions:\n", []],
  ["a list in lines", "actions:\n  - title: Raise the limit\n    due: 2026-04-01 # agreed\n", ["Raise the limit"]],
  ["a list without indent", "actions:\n- title: Raise the limit\n", ["Raise the limit"]],
  ["a list in braces", "actions: [{ title: Raise the limit }]\n", ["Raise the limit"]],
  ["braces in lines", "actions:\n  - { title: Raise the limit, done: 2026-03-09 }\n", ["Raise the limit"]],
])("an action is added to %s, and nothing else changes", (_name, actions, before) => {
  const source = file(actions);
  for (const text of [source, source.replaceAll("\n", "\r\n")]) {
    const after = addAction(text, NEW);
    expect(actionsIn(after)?.map(({ title }) => title)).toEqual([...before, NEW.title]);
    expect(actionsIn(after)?.at(-1)).toEqual(NEW);
    expect(after.includes("\r\n")).toBe(text.includes("\r\n"));
    expect(after.replaceAll("\r\n", "\n")).toContain("title: The API fails # ours\n");
    expect(after.endsWith(text.slice(text.indexOf("tags:")))).toBe(actions !== "");
  }
});

test.each([
  ["in lines", "actions:\n  - title: Raise the limit # why\n    due: 2026-04-01 # agreed\n"],
  ["in braces", "actions: [{ title: Raise the limit, due: 2026-04-01 }] # one\n"],
  [
    "in braces over several lines",
    "actions:\n  - {\n      title: Raise the limit,\n      due: 2026-04-01, # for the auditors\n    }\n",
  ],
  [
    "with a comment before the bracket",
    "actions: [\n  { title: Raise the limit, due: 2026-04-01 # agreed, {\n  },\n]\n",
  ],
  ["with a date in lines of its own", "actions:\n  - title: Raise the limit\n    due: >-\n      2026-04-01\n"],
  ["with braces in lines", "actions:\n  - { title: Raise the limit, due: 2026-04-01, }\n"],
])("an action %s is moved twice and done, and every date stays", (_name, actions) => {
  const moved = ["2026-05-01", "2026-06-01"].reduce(
    (text, due) => setInAction(addFormerDate(text, 0, actionsIn(text)?.[0]?.due ?? ""), 0, "due", due),
    file(actions),
  );
  const done = setInAction(setInAction(moved, 0, "done", "2026-05-30"), 0, "url", "https://example.com/a,b#c");
  expect(actionsIn(done)).toEqual([
    {
      title: "Raise the limit",
      due: "2026-06-01",
      wasDue: ["2026-04-01", "2026-05-01"],
      done: "2026-05-30",
      url: "https://example.com/a,b#c",
    },
  ]);
  for (const comment of actions.match(/#.*$/gm) ?? []) expect(done).toContain(comment);
});

test("former dates written in lines get one more", () => {
  const source = file("actions:\n  - title: A\n    was_due:\n      - 2026-03-10\n    due: 2026-04-01\n");
  expect(actionsIn(addFormerDate(source, 0, "2026-03-20"))?.[0]?.wasDue).toEqual(["2026-03-10", "2026-03-20"]);
});

test("former dates with comments keep them, and get one more", () => {
  const dates = "was_due: [\n      2026-03-10, # first\n      2026-03-15 # second\n    ]";
  const source = file(`actions:\n  - title: A\n    ${dates}\n    due: 2026-04-01\n`);
  const after = addFormerDate(source, 0, "2026-03-20");
  expect(actionsIn(after)?.[0]?.wasDue).toEqual(["2026-03-10", "2026-03-15", "2026-03-20"]);
  expect(after).toContain("# first");
  expect(after).toContain("# second");
});

test("a key without a value gets one, whatever comment stands there", () => {
  const source = file("actions:\n  - title: A\n    due: # when?\n");
  expect(actionsIn(setInAction(source, 0, "due", "2026-04-01"))).toEqual([{ title: "A", due: "2026-04-01" }]);
});

test("which action is meant follows from its id, a part of its title, or from there being one", () => {
  const [alert, limit, done] = [
    { id: "alert", title: "Alert on the queue" },
    { title: "Raise the limit of the queue" },
    { id: "old", title: "Something old", done: {} as never },
  ] as const;
  const all = [done, alert, limit];
  expect(actionMeant(all, "ALERT")).toEqual({ index: 1 });
  expect(actionMeant(all, "limit")).toEqual({ index: 2 });
  expect(actionMeant(all, "queue")).toEqual({ could: [alert, limit] });
  expect(actionMeant(all, "nothing")).toEqual({ could: [alert, limit] });
  expect(actionMeant(all, "old")).toEqual({ could: [alert, limit] });
  expect(actionMeant(all, undefined)).toEqual({ could: [alert, limit] });
  expect(actionMeant([done, limit], undefined)).toEqual({ index: 1 });
  expect(actionMeant([done], undefined)).toEqual({ could: [] });
});
