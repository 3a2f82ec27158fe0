import { expect, test } from "vitest";
import { RULES } from "#lib/content/check/rules.ts";
import { checkTexts, incident, problemsOf } from "./check-texts.ts";

const STARTED = "started: 2026-03-02T10:00Z";

test("rules are named once, in order, each with a summary that is a sentence", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const { id, summary } of RULES) {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(summary).toMatch(/^[A-Z].*\.$/);
  }
});

test.each([
  ["future-time", "started: 2026-11-22T12:10:00Z", []],
  ["future-time", "started: 2026-11-22T12:10:01Z", ["3:10 future-time: The time lies in the future."]],
  ["future-time today", "started: 2026-11-22", []],
  ["future-time tomorrow", "started: 2026-11-23", ["3:10 future-time: The time lies in the future."]],
  ["future-time of a due date", `${STARTED}\nactions: [{ title: a, due: 2027-01-01 }]`, []],
  [
    "future-time of maintenance",
    "scheduled: { start: 2027-01-01T10:00Z, end: 2027-01-01T11:00Z }\nended: 2027-01-01T11:00Z",
    ["4:8 future-time: The time lies in the future."],
  ],
  ["time-order at once", "started: 2026-03-02T10:00Z\ndetected: 2026-03-02T10:00Z\nended: 2026-03-02T10:00Z", []],
  ["time-order on one date", "started: 2026-03-02T10:00Z\nended: 2026-03-02", []],
  ["time-order of dates", "started: 2026-03-03\nended: 2026-03-02", ["4:8 time-order: “ended” lies before “started”."]],
  [
    "time-order of the end and the detection",
    "detected: 2026-03-02T11:00Z\nended: 2026-03-02T10:00Z\nstarted: 2026-03-02",
    ["4:8 time-order: “ended” lies before “detected”."],
  ],
  ["time-order of a span", "started: 2026-03-02/2026-03-04\nended: 2026-03-03", []],
  ["no-time of maintenance", "scheduled: { start: 2026-01-01T10:00Z, end: 2026-01-01T11:00Z }", []],
  ["no-time", "ended: 2026-03-02", ["2:1 no-time: The incident has neither updates nor a start."]],
  [
    "empty-report",
    `${STARTED}\nreport: { status: preliminary }`,
    ["4:9 empty-report: A preliminary report is declared, but there is no text below the front matter."],
  ],
  [
    "a former address of incidents",
    `${STARTED}\nredirects: [/incidents/older-name, /issues/2020/, /reports/older]`,
    [],
  ],
])("%s", (_what, front, problems) => {
  expect(problemsOf(front)).toEqual(problems);
});

test.each([
  "/",
  "/history",
  "/history/2026/05",
  "/history.atom",
  "/incidents",
  "/incidents/",
  "/incidents/a/b",
  "/components/api",
  "/reports",
  "/reports/",
  "/maintenance",
  "/insights",
  "/search",
  "/subscribe",
  "/subscriptions/x",
  "/wallboard",
  "/api/v2/summary.json",
  "/files/x.png",
  "/_next/x",
  "/assets/x.css",
  "/feed.json",
  "/calendar.ics",
  "/badge.svg",
  "/embed",
  "/embed.js",
  "/live",
  "/healthz",
  "/readyz",
  "/sitemap.xml",
  "/robots.txt",
  "/llms.txt",
  "/operator",
  "/History",
])("the site's own address %s is no former address", (path) => {
  expect(problemsOf(`${STARTED}\nredirects: ["${path}"]`)).toEqual([
    `4:13 redirect: “${path}” is one of the site's own pages.`,
  ]);
});

test.each(["/incidents/own", "/incidents/own/", "/incidents/OWN"])("%s would lead the incident to itself", (path) => {
  expect(problemsOf(`${STARTED}\nredirects: ["${path}"]`)).toEqual(["4:13 redirect: The address leads to itself."]);
});

test("an address of another incident is not taken from it, and an own former one may be", () => {
  const { problems } = checkTexts({
    "a.md": incident(`${STARTED}\nredirects: [/incidents/b/, /incidents/c]`),
    "2026/b.md": incident(STARTED),
  });
  expect(problems).toMatchObject([
    { rule: "redirect", place: { file: "a.md", line: 4, column: 13 }, related: { file: "2026/b.md" } },
  ]);
});

test("of two files with one address the first keeps it, whatever the capitals and whatever is wrong with it", () => {
  const { entries, problems } = checkTexts({
    "2025/same.md": incident(STARTED),
    "2026/Same.md": incident(STARTED),
    "2027/same.md": "broken",
  });
  expect(entries.map(({ file }) => file)).toEqual(["2025/same.md"]);
  expect(problems.map(({ rule, place }) => `${place.file} ${rule}`)).toEqual([
    "2026/Same.md duplicate-slug",
    "2027/same.md front-matter-fence",
  ]);
});

test.each([
  ["a.md", true],
  ["2026-05-04_a.b-c.md", true],
  [`${"a".repeat(120)}.md`, true],
  [`${"a".repeat(121)}.md`, false],
  ["two words.md", false],
  ["größe.md", false],
  ["-a.md", false],
  [".md", false],
  ["a%2fb.md", false],
  ["a;b.md", false],
])("whether the name %j can be an address: %s", (path, isGood) => {
  expect(checkTexts({ [path]: incident(STARTED) }).problems.map(({ rule }) => rule)).toEqual(isGood ? [] : ["slug"]);
});

test("an incident that came back and was closed again has one end", () => {
  const update = (hour: string, status: string) => `  - { at: 2026-03-02T${hour}:00Z, status: ${status}, body: a }\n`;
  const updates = `updates:\n${update("10", "resolved")}${update("12", "investigating")}`;
  const ended = "ended: 2026-03-02T11:00Z\nstarted: 2026-03-02T09:00Z\n";
  expect(problemsOf(ended + updates)).toEqual([
    "7:38 ended-open: The incident is “investigating” here, after it has ended; readers are told that it is over.",
  ]);
  expect(problemsOf(ended + updates + update("13", "resolved"))).toEqual([]);
  expect(problemsOf(ended + updates + update("12", "resolved"))).toEqual([]);
  expect(problemsOf(ended + updates.replace("investigating", "update"))).toEqual([]);
});

test("a length that fits nothing is held against the longest that the timeline allows", () => {
  const front = "started: 2026-03-02T10:00Z\ndetected: 2026-03-02T11:00Z\nended: 2026-03-02T12:10Z";
  expect(problemsOf(front, "The API was unavailable for 5 minutes.")).toEqual([
    "7:25 contradicting-duration: “for 5 minutes” is not what the timeline says: 2 hours, 10 minutes.",
  ]);
  expect(problemsOf(front, "The API was unavailable for 70 minutes.")).toEqual([]);
});

test("what is missing is named with an example of how it is written", () => {
  const remedies = (front: string) =>
    checkTexts({ "own.md": incident(front) }).problems.map(({ rule, remedy }) => `${rule}: ${remedy}`);
  expect(remedies(`${STARTED}\ncomponents: { api: }`)).toEqual([
    "missing-key: Write its effect, such as partial_outage.",
  ]);
  expect(remedies(`${STARTED}\ntags: [a, ]\nupdates: [{ at: 2026-03-02T10:00Z, body: a }]`)).toEqual([
    "missing-key: Add “status: investigating”.",
  ]);
  expect(remedies(`${STARTED}\nactions: [~]`)).toEqual(["missing-key: Write it, or remove its dash or comma."]);
  expect(remedies(`${STARTED}\nactions: [{ owner: us }]`)).toEqual([
    "missing-key: Add “title: What is wrong, in a customer's words”.",
  ]);
});

test("each rule says a thing twenty times in one file, and then only that there is more", () => {
  const ids = Array.from({ length: 50 }, (_, index) => `none-${index}`);
  const problems = problemsOf(`${STARTED}\nimpact: minor\ncomponents: [${ids.join(", ")}]`);
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toMatch(/unknown-component: There are more problems of this kind below\.$/);
});

test("a draft is checked like any other file", () => {
  expect(problemsOf(`${STARTED}\ndraft: true\ncomponents: { none: operational }`)).toHaveLength(1);
});
