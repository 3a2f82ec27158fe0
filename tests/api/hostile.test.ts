import ICAL from "ical.js";
import { XmlDocument } from "libxml2-wasm";
import { expect, test } from "vitest";
import { parseSite } from "#lib/content/parse/site.ts";
import type { Incident } from "#lib/model/site.ts";
import { incidentAnswer } from "#lib/site/api/answers.ts";
import { timed } from "#tests/stopwatch.ts";
import { siteOf } from "../render/site.ts";
import { answersOf } from "./answers-of.ts";
import { file, SITE, update } from "./every-kind.ts";
import { type Files, served } from "./server.ts";

/** What ends, begins or breaks something in one of the forms that the texts are told in. */
const EVIL =
  "]]> </title></script><script>alert(1)</script> \r\nATTENDEE:mailto:a@b.example\nBEGIN:VEVENT\u2028,;\\: [a](javascript:alert(1)) `x` --> &amp; %0d%0a \ud800 *b* | | {{x}}";

const COMPONENT = JSON.stringify({ id: "api", name: EVIL.slice(0, 100), group: EVIL.slice(0, 100), description: EVIL });
const EVIL_SITE = `
name: ${JSON.stringify(EVIL.slice(0, 100).replace("\ud800", ""))}
url: https://status.lumen.example
description: ${JSON.stringify(EVIL.replace("\ud800", ""))}
components: [${COMPONENT.replace("\\ud800", "")}]
`;

const text = EVIL.replace("\ud800", "");
const FILES: Files = {
  "open.md": file({
    title: text,
    components: { api: "major_outage" },
    updates: [update("2026-11-20T10:00Z", "investigating", `${text} a&#12;b &#x85; &#xFFFE;`)],
    tags: ["]]>&<\r\nX:1"],
  }),
  "planned.md": file({
    title: text,
    components: ["api"],
    scheduled: { start: "2026-12-01T02:00Z", end: "2026-12-01T03:00Z" },
    updates: [update("2026-11-20T10:00Z", "scheduled", text)],
  }),
  "reported.md": file(
    {
      title: text,
      report: { status: "final" },
      actions: [{ title: text, owner: "]]>\r\nX:1" }],
      updates: [update("2026-11-19T10:00Z", "resolved", text)],
    },
    `\n## ${text}\n\n${text}\n`,
  ),
};

const open = () => served(FILES, { site: EVIL_SITE });

test("no text breaks a document of XML, or JSON, or begins a line of a calendar", async () => {
  const server = await open();
  for (const { path, type, body } of await answersOf(server)) {
    if (type.includes("xml")) XmlDocument.fromString(body).dispose();
    if (type.includes("json")) expect(JSON.parse(body), path).toBeTypeOf("object");
    if (!type.includes("calendar")) continue;
    const lines = body.replaceAll("\r\n ", "").split("\r\n");
    expect(lines.filter((line) => /^(?:ATTENDEE|X-(?!WR-|PUBLISHED))/.test(line))).toEqual([]);
    expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what RFC 5545 forbids
    expect(lines.join("")).not.toMatch(/[\u0000-\u0008\n-\u001f\u007f]/);
    const read = new ICAL.Component(ICAL.parse(body));
    expect(String(read.getFirstPropertyValue("x-wr-calname")).replaceAll("\\", "")).toContain("</title></script>");
  }
});

test.each([
  ["\\u0001", "U+0001"],
  ["\\x7f", "U+007F"],
  ["\\u202e", "U+202E"],
  ["\\uffff", "U+FFFF"],
  ["\\ud800", "U+D800"],
])("a character that is written as %s is refused like one that is typed", (written, shown) => {
  const yaml = `name: A\nurl: https://status.lumen.example\ndescription: "left ${written}right"\n`;
  const { value, problems } = parseSite("site.yaml", new TextEncoder().encode(yaml));
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([{ rule: "hidden-character", place: { line: 3, column: 14 } }]);
  expect(problems[0]?.message).toContain(shown);
});

test.each(["\\nX-EVIL: 1", "/ x", "/<b>", '/\\"', "/\\\\"])(
  "an address with %j in it is none: what takes it apart would leave that out, and what shows it would not",
  (end) => {
    for (const key of ["url", "hub"]) {
      const others = key === "url" ? "" : "url: https://status.lumen.example\n";
      const yaml = `name: A\n${others}${key}: "https://hub.example${end}"\n`;
      const { value, problems } = parseSite("site.yaml", new TextEncoder().encode(yaml));
      expect(value).toBeUndefined();
      expect(problems.map(({ rule }) => rule)).toEqual(["wrong-value"]);
    }
  },
);

test("a name is one line, whatever was put into it", async () => {
  const server = await open();
  const { components, page } = (await server.json("/api/v2/components.json")) as {
    components: { name: string }[];
    page: { name: string };
  };
  for (const name of [page.name, ...components.map((each) => each.name)])
    expect(name).not.toMatch(/[\r\n\u2028\u2029]/);
});

test("links in a feed are whole, however they were written", async () => {
  const body =
    "[a](other) [b](?q=1&r=2) [c](#x) [d](//lumen.example/y) [e](/history) [f](mailto:a@b.example) [g](../z)";
  const server = await served({ "a.md": file({ title: "A", updates: [update("2026-01-01", "resolved", body)] }) });
  const { items } = (await server.json("/feed.json")) as { items: [{ content_html: string }] };
  const links = [...items[0].content_html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);
  expect(links).toEqual([
    "https://status.lumen.example/incidents/other",
    "https://status.lumen.example/incidents/a?q=1&#x26;r=2",
    "https://status.lumen.example/incidents/a#x",
    "https://lumen.example/y",
    "https://status.lumen.example/history",
    "mailto:a@b.example",
    "https://status.lumen.example/z",
  ]);
});

test("a group never has the id of a component, whatever the two are called", async () => {
  const site = SITE.replace("name: Web app", "name: Web app, group: integrations").replace(
    "id: jobs",
    "id: integrations",
  );
  const server = await served({}, { site });
  const { components } = (await server.json("/api/v2/components.json")) as { components: { id: string }[] };
  expect(new Set(components.map(({ id }) => id)).size).toBe(components.length);
});

test("what runs now is in the summary, however much is planned", async () => {
  const planned = (slug: string, day: number) =>
    file({
      title: slug,
      scheduled: {
        start: new Date(Date.UTC(2026, 10, day, 11)).toISOString(),
        end: new Date(Date.UTC(2026, 10, day, 13)).toISOString(),
      },
      updates: [update("2026-11-01T10:00Z", "scheduled", "Soon.")],
    });
  const open = (index: number) =>
    file({ title: `i${index}`, impact: "minor", updates: [update("2026-11-01T10:00Z", "investigating", "x")] });
  const files = Object.fromEntries([
    ...Array.from({ length: 60 }, (_, index) => [`p${index}.md`, planned(`p${index}`, 23 + index)]),
    ...Array.from({ length: 60 }, (_, index) => [`i${index}.md`, open(index)]),
    ["now.md", planned("now", 22)],
  ]);
  const server = await served(files);
  const listed = async (path: string, key: string) =>
    ((await server.json(`/api/v2/${path}.json`))[key] as { name: string }[]).map(({ name }) => name);
  expect(await listed("summary", "scheduled_maintenances")).toHaveLength(61);
  expect(await listed("summary", "scheduled_maintenances")).toContain("now");
  expect(await listed("summary", "incidents")).toHaveLength(60);
  expect(await listed("scheduled-maintenances/upcoming", "scheduled_maintenances")).toHaveLength(60);
  expect(await listed("scheduled-maintenances/active", "scheduled_maintenances")).toEqual(["now"]);
  expect(await listed("incidents/unresolved", "incidents")).toHaveLength(60);
  expect(await listed("incidents", "incidents")).toHaveLength(50);
  expect(await listed("scheduled-maintenances", "scheduled_maintenances")).toHaveLength(50);
});

test("an incident as large as one may be is told in seconds, and what it did is told right", () => {
  const ids = Array.from({ length: 500 }, (_, index) => `c${index}`);
  const site = `name: L\nurl: https://l.example\ncomponents: ${JSON.stringify(ids.map((id) => ({ id, name: id })))}\n`;
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 1) + minute * 60_000).toISOString();
  const updates = Array.from({ length: 800 }, (_, index) => update(at(index), "investigating", "x"));
  const components = Object.fromEntries(ids.map((id) => [id, "partial_outage"]));
  const large = siteOf({ "a.md": file({ title: "A", components, updates }) }, { site });
  const { result, ms } = timed(() => incidentAnswer(large.incidents[0] as Incident, large));
  expect(result.incident.incident_updates).toHaveLength(800);
  expect(result.incident.incident_updates.at(-1)?.affected_components?.at(499)).toMatchObject({
    old_status: "operational",
  });
  expect(result.incident.incident_updates.at(0)?.affected_components?.at(499)).toMatchObject({
    old_status: "partial_outage",
  });
  expect(ms).toBeLessThan(15_000);
});
