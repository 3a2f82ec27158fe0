import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importCstate } from "#lib/content/import/cstate.ts";
import { formatOf } from "#lib/content/import/format-of.ts";
import type { Imported } from "#lib/content/import/imported.ts";
import { importPostmortems } from "#lib/content/import/postmortems.ts";
import { importStatuspage } from "#lib/content/import/statuspage.ts";
import { importUpptime } from "#lib/content/import/upptime.ts";
import { file, filesIn, readBack } from "./sites.ts";

/** Inputs after real sites that came out wrong once (or right, and must stay so), and what is right. */
const CASES = resolve(import.meta.dirname, "../fixtures/import-cases");
const given = (name: string) => filesIn(join(CASES, name));

/** What is written in the only file that came out, which Candor has nothing against. */
interface Written {
  readonly title: string;
  readonly started?: string;
  readonly ended?: string;
  readonly scheduled?: { readonly start: string; readonly end: string };
  readonly components?: unknown;
  readonly redirects?: readonly string[];
  readonly updates: readonly { readonly at: string; readonly status: string; readonly body: string }[];
  /** The report. */
  readonly report: string;
}

function entryOf(imported: Imported): Written {
  expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const [only, ...others] = imported.files.filter(({ path }) => path.endsWith(".md"));
  expect(others).toEqual([]);
  const [, front = "", report = ""] = /^---\n([\s\S]*?)^---\n([\s\S]*)$/m.exec(only?.text ?? "") ?? [];
  const { report: _, ...written } = parse(front, { schema: "failsafe" }) as Omit<Written, "updates">;
  return { updates: [], ...written, report };
}

const told = ({ updates }: Written) => updates.map(({ at, status, body }) => [at, status, body.trim()]);
const said = ({ remarks }: Imported) => remarks.map(({ kind, what, reason }) => `${kind}: ${what}: ${reason}`);

function cstate(body: string, front = ""): Imported {
  const head = "title: Broken\nsection: issue\nseverity: down\naffected: [API]\nresolved: true";
  return importCstate([
    file("config.yml", "title: X\nparams: { systems: [{ name: API }] }\n"),
    file("content/issues/2024-02-04-a.md", `---\n${head}\ndate: 2024-02-04 10:00:00\n${front}---\n${body}\n`),
  ]);
}

describe("cState", () => {
  test("a date behind the label, on one line with the text: label, time and text are kept", () => {
    expect(told(entryOf(importCstate(given("01-update-date-same-line"))))).toEqual([
      ["2025-08-04T18:00:00", "investigating", "We see stability problems and are looking into it."],
      ["2025-08-04T18:00:00/2025-08-04", "update", "We recovered the service and are observing."],
      ["2025-08-09", "update", "The instability is back. A patch is deployed."],
      ["2025-08-09T20:45", "update", "We have a work-around for now."],
      ["2025-08-11T23:00:00", "resolved", "Resolved."],
    ]);
  });

  test.each([
    ["Resolved 2024-02-04 12:00: All *is* well.", ["2024-02-04T12:00", "resolved", "All *is* well."]],
    ["Resolved 2024-02-04 12:00 - All is well.", ["2024-02-04T12:00", "resolved", "All is well."]],
    [
      "Résolu 2024-02-04 12:00 : Tout va bien.",
      ["2024-02-04T12:00", "resolved", "Résolu 2024-02-04 12:00 : Tout va bien."],
    ],
    ["**Update 2024-02-04 11:30: still looking** at it.", ["2024-02-04T11:30", "update", "**still looking** at it."]],
    ["Update 2024-02-04 11:00 UTC\n: two lines", ["2024-02-04T11:00Z", "update", "two lines"]],
    [
      '***Update*** {{< track "2024-02-04 10:30:00" >}} We know why.',
      ["2024-02-04T10:30:00", "update", "We know why."],
    ],
    ['*Monitoring* - {{< track "2024-02-04 10:30:00" >}} - Better.', ["2024-02-04T10:30:00", "monitoring", "Better."]],
  ])("no text vanishes: %s", (line, expected) => {
    const words = (text: string) => text.match(/[\p{L}]{3,}/gu) ?? [];
    const entry = entryOf(cstate(`It is broken.\n\n${line}`));
    expect(told(entry)).toContainEqual(expected);
    const shown = entry.updates
      .flatMap(({ status, body }) => [status, ...words(body)])
      .map((word) => word.toLowerCase());
    const written = words(line).filter((word) => !/^(?:track|UTC|Résolu)$/.test(word));
    expect(written.filter((word) => !shown.includes(word.toLowerCase()))).toEqual([]);
  });

  test("resolved with an end that cannot be is resolved, and when is not known", () => {
    const imported = importCstate(given("02-resolved-true-end-before-date"));
    const entry = entryOf(imported);
    expect(entry.updates.at(-1)).toMatchObject({
      status: "resolved",
      at: "2025-07-31T10:00:49.811Z/2025-07-31",
    });
    expect(entry.ended).toBeUndefined();
    expect(said(imported)).toContain(
      "lost: resolvedWhen: 2025-07-30T13:30:49.825Z: it lies before the date (2025-07-31T10:00:49.811Z); left out, so it is not known when it ended",
    );
  });

  test("an alias that differs from the address by capitals alone is one address", () => {
    expect(entryOf(importCstate(given("03-slug-and-aliases"))).redirects).toEqual([
      "/issues/abcdefgh/",
      "/incidents/AbCdEfGh",
    ]);
  });

  test("of two pages with one alias the first keeps it, and the other says so", () => {
    const page = (name: string) =>
      file(
        `content/issues/${name}.md`,
        "---\ntitle: A\nsection: issue\ndate: 2024-01-01\nresolved: true\naliases: [/old]\n---\nText.\n",
      );
    const imported = importCstate([page("2024-01-01-a"), page("2024-01-01-b")]);
    expect(readBack(imported).problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(said(imported)).toContain(
      "lost: the former address /old: it leads to 2024/2024-01-01-a.md already; left out",
    );
  });
});

describe("the order of a cState page", () => {
  test("a maintenance whose announcement is dated after its end is completed", () => {
    const { updates } = entryOf(importCstate(given("05-maintenance-announced-late")));
    expect(updates.map(({ status }) => status)).toEqual(["scheduled", "in_progress", "completed"]);
  });

  test("what was told after the end does not open it again", () => {
    const text =
      '*Resolved* - Done. {{< track "2024-02-04 11:00:00" >}}\n\n*Monitoring* - Quiet. {{< track "2024-02-04 13:00:00" >}}';
    const imported = cstate(text, "resolvedWhen: 2024-02-04 11:00:00\n");
    expect(entryOf(imported).updates.map(({ status }) => status)).toEqual(["resolved", "update"]);
    expect(said(imported)).toContain(
      "changed: the update of 2024-02-04T13:00:00: it is dated after the end; carried as an update",
    );
  });

  test("keys without an opening fence end at the closing one", () => {
    expect(entryOf(importCstate(given("15-no-opening-fence")))).toMatchObject({
      components: { api: "partial_outage" },
    });
  });

  test.each([
    ["ok-09-latin1", { title: "Störung" }],
    ["ok-11-bom-crlf", { title: "Outage" }],
    ["ok-13-hugo-timezone", { title: "Zone of the site" }],
    ["ok-14-uppercase-keys", { title: "Upper case keys" }],
  ])("%s stays right", (name, expected) => {
    expect(entryOf(importCstate(given(name)))).toMatchObject(expected);
  });
});

const report = (text: string, name = "2025-11-15-report.md") => importPostmortems([file(name, text)]);

describe("postmortems", () => {
  test.each([
    "AGG_SIG_UNSAFE can mimic AGG_SIG_ME in full_node",
    "5*6*7 is not 210",
    "`__init__.py` was empty, __init__.py was not",
    "*args and **kwargs",
  ])("a title is kept letter by letter: %s", (title) => {
    expect(entryOf(report(`# ${title}\n\nText.\n`)).title).toBe(title);
  });

  test("an emphasis of a whole title goes, and so do escapes", () => {
    expect(entryOf(report("# **All was down**\n\nText.\n")).title).toBe("All was down");
    expect(entryOf(report("# snake\\_case\n\nText.\n")).title).toBe("snake_case");
  });

  test.each([
    [
      "From November 11, 4:02 PM UTC to November 14, 3:02 PM UTC it was slow.",
      "2025-11-11T16:02Z",
      "2025-11-14T15:02Z",
    ],
    ["On 3 November 2025, between 14:05 and 15:10 UTC, requests failed.", "2025-11-03T14:05Z", "2025-11-03T15:10Z"],
    [
      "The outage lasted from 2025-11-03 23:10 to 2025-11-04 00:20 CET.",
      "2025-11-03T23:10+01:00",
      "2025-11-04T00:20+01:00",
    ],
    [
      "Window: approximately November 11, 16:02 UTC -- November 14, 15:02 UTC",
      "~2025-11-11T16:02Z",
      "~2025-11-14T15:02Z",
    ],
    [
      "| Time | Event |\n| --- | --- |\n| 2025-11-12 10:00 UTC | Begun |\n| 11:30 UTC | Over |",
      "2025-11-12T10:00Z",
      "~2025-11-12T11:30Z",
    ],
    ["### 2025-11-12 10:00 UTC Begun\n\n### 2025-11-12 11:30 UTC Over", "2025-11-12T10:00Z", "~2025-11-12T11:30Z"],
  ])("times in the text: %s", (text, started, ended) => {
    const entry = entryOf(report(`# Delays\n\n${text}\n`));
    expect([entry.started, entry.ended]).toEqual([started, ended]);
  });

  test("a month without a year that has not come yet was that of the year before", () => {
    const entry = entryOf(
      report("# Delays\n\nFrom December 30, 10:00 UTC to December 31, 11:00 UTC.\n", "2026-01-03-a.md"),
    );
    expect(entry.started).toBe("2025-12-30T10:00Z");
  });

  test("the file's name gives a date only roughly, and the page says so", () => {
    const imported = report("# Delays\n\nIt was slow.\n");
    const entry = entryOf(imported);
    expect(entry.started).toBe("~2025-11-15");
    expect(entry.report).toContain("the date is that of the file’s name; the report gives no time");
    expect(said(imported)).toContain(
      "assumed: the date 2025-11-15 of its name: the text gives no time; taken as roughly when it was",
    );
  });
});

describe("what is written in the front matter of a postmortem, and MDX", () => {
  test("an end by its own key, and states as updates", () => {
    const entry = entryOf(importPostmortems(given("17-postmortem-structured-front-matter")));
    expect([entry.started, entry.ended]).toEqual(["2024-06-28T20:00Z", "2024-06-28T23:07Z"]);
    expect(told(entry)).toEqual([
      ["2024-06-28T20:00Z", "investigating", "We look into it."],
      ["2024-06-28T23:07Z", "resolved", "All is restored."],
    ]);
    expect(entry.report).not.toContain("{");
  });

  test("a structure that nothing matches is left out by name", () => {
    const imported = report("---\ntitle: A\ndate: 2025-11-15\nbudget: { lost: 5, of: 40 }\n---\n\nText.\n");
    expect(entryOf(imported).report).not.toContain("budget");
    expect(said(imported)).toContain("lost: budget: it has a structure that nothing in Candor matches; left out");
  });

  test("MDX: statements and components go with a remark, their texts stay", () => {
    const text =
      "import { Chart } from './chart'\n\n# Out\n\n<Callout type=\"warning\">\n\nAll failed.\n\n</Callout>\n\n`<Code />` stays. It cost {cost}.\n";
    const imported = report(text, "2025-11-15-a.mdx");
    const entry = entryOf(imported);
    expect(entry.title).toBe("Out");
    expect(entry.report).toContain("All failed.");
    expect(entry.report).not.toMatch(/Callout|import/);
    expect(said(imported)).toContain(
      "lost: import { Chart } from './chart': a statement of MDX, which is not run; left out",
    );
  });
});

describe("Upptime and Statuspage", () => {
  test("a link that was broken over a line is whole", () => {
    const { updates } = entryOf(importUpptime(given("08-upptime-commit-link")));
    expect(updates.at(-1)?.body).toMatch(/\(https:\/\/github\.com\/example\/Uptime\/commit\/[0-9a-f]{40}\)\.$/);
    expect(updates.every(({ body }) => !/\\$/m.test(body))).toBe(true);
  });

  test("a maintenance that was closed before its window keeps it, and is not completed before it", () => {
    const imported = importUpptime(given("18-import-upptime-early-close"));
    const entry = entryOf(imported);
    expect(entry.scheduled?.end).toBe("2022-03-30T13:00:59.000+08:00");
    expect(entry.updates.at(-1)).toMatchObject({
      status: "completed",
      at: "2022-03-30T13:00:59.000+08:00",
    });
    expect(said(imported).join("\n")).toContain("the issue was closed before the window began");
  });

  test("a comment in a code fence leaves no empty fence", () => {
    expect(entryOf(importUpptime(given("35-import-fence-left"))).updates[0]?.body).toBe("Work today.");
  });

  test("a window on plain lines is a window", () => {
    const issue = {
      number: 3,
      title: "New engine",
      state: "CLOSED",
      createdAt: "2024-05-01T08:00:00Z",
      closedAt: "2024-05-02T11:00:00Z",
      labels: [{ name: "maintenance" }],
      body: "**Start:** 2024-05-02T10:00:00Z\n- End: 2024-05-02T12:00:00Z\nexpectedDown: ferry",
      comments: [],
    };
    expect(entryOf(importUpptime([file("issues.json", JSON.stringify([issue]))]))).toMatchObject({
      scheduled: { start: "2024-05-02T10:00:00Z", end: "2024-05-02T12:00:00Z" },
      components: ["ferry"],
    });
  });

  test("no incident is resolved before it began", () => {
    const text = readFileSync(join(CASES, "16-resolved-before-start.json"), "utf8");
    const { entries, problems } = readBack(importStatuspage([file("incidents.json", text)]));
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const [early] = [...entries.values()].filter(({ title }) => title === "Elevated errors");
    expect(early?.started).toBeUndefined();
  });
});

test.each([
  ["cstate", "01-update-date-same-line"],
  ["upptime", "18-import-upptime-early-close"],
])("%s is known by its files", (format, name) => {
  expect(formatOf(given(name))).toBe(format);
});
