import ICAL from "ical.js";
import { expect, test } from "vitest";
import { EVERY_KIND, file, SITE, update } from "./every-kind.ts";
import { served } from "./server.ts";

const LONG = "Müde Geräte \u{1F525} ".repeat(12).trim();

const FILES = {
  ...EVERY_KIND,
  "long.md": file({
    title: LONG,
    components: ["jobs"],
    scheduled: { start: "2026-12-05T02:00:00-07:00", end: "2026-12-05T03:00:00-07:00" },
    updates: [update("2026-11-18T10:00Z", "scheduled", "One, two; three\\\\ and\n\na new paragraph.")],
  }),
};

async function calendar(path = "/calendar.ics") {
  const server = await served(FILES, { site: SITE });
  const text = async () => (await server.get(path)).text();
  const read = async () => {
    const events = new ICAL.Component(ICAL.parse(await text())).getAllSubcomponents("vevent");
    return new Map(events.map((event) => [String(event.getFirstPropertyValue("summary")), event]));
  };
  return { server, text, read };
}

test("lines end with CRLF, are no longer than 75 octets and are not cut inside a letter", async () => {
  const { server, text } = await calendar();
  expect((await server.get("/calendar.ics")).headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const lines = (await text()).split("\r\n");
  expect(lines.at(-1)).toBe("");
  expect(lines.slice(0, 2)).toEqual(["BEGIN:VCALENDAR", "VERSION:2.0"]);
  expect(lines.some((line) => line.startsWith(" "))).toBe(true);
  for (const line of lines) {
    expect(line).not.toMatch(/[\r\n]/);
    expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(line.isWellFormed()).toBe(true);
  }
});

test("every event has what RFC 5545 asks for, once", async () => {
  const { text } = await calendar();
  const events = (await text()).replaceAll("\r\n ", "").split("BEGIN:VEVENT\r\n").slice(1);
  expect(events).toHaveLength(5);
  for (const event of events) {
    for (const name of ["UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "URL"]) {
      expect(event.match(new RegExp(`^${name}[:;]`, "gm")), name).toHaveLength(1);
    }
    expect(event).toMatch(/^UID:[a-z0-9]{12}@status\.lumen\.example\r$/m);
    expect(event).toMatch(/^DTSTAMP:\d{8}T\d{6}Z\r$/m);
    expect(event).toMatch(/^DTSTART:\d{8}T\d{6}Z\r$/m);
  }
});

test("another program reads the windows, the words, the alarms and what was cancelled", async () => {
  const { read } = await calendar();
  const events = await read();
  const textOf = (summary: string, name: string) => String(events.get(summary)?.getFirstPropertyValue(name));
  expect([...events.keys()]).toEqual(["Cancelled: New power", LONG, "New database", "New network", "Old work"]);
  expect(textOf("New database", "dtstart")).toBe("2026-12-01T09:00:00Z");
  expect(textOf("New database", "dtend")).toBe("2026-12-01T10:00:00Z");
  expect(textOf("New database", "url")).toBe("https://status.lumen.example/incidents/planned");
  expect(textOf(LONG, "description")).toContain("One, two; three\\ and a new paragraph.");
  expect(textOf("Cancelled: New power", "status")).toBe("CANCELLED");
  expect(textOf("New network", "status")).toBe("CONFIRMED");
  const alarm = events.get("New database")?.getFirstSubcomponent("valarm");
  expect([alarm?.getFirstPropertyValue("action"), String(alarm?.getFirstPropertyValue("trigger"))]).toEqual([
    "DISPLAY",
    "-PT1H",
  ]);
  for (const over of ["Cancelled: New power", "Old work", "New network"]) {
    expect(events.get(over)?.getFirstSubcomponent("valarm")).toBeNull();
  }
});

test("the same content gives the same bytes, and a changed maintenance a higher sequence under the same name", async () => {
  const { server, text, read } = await calendar();
  const [bytes, before] = [await text(), (await read()).get("New database")];
  server.show(FILES);
  expect(await text()).toBe(bytes);
  const moved = file({
    title: "New database",
    components: ["jobs"],
    scheduled: { start: "2026-12-02T02:00:00-07:00", end: "2026-12-02T03:00:00-07:00" },
    updates: [update("2026-11-18T10:00Z", "scheduled", "Soon."), update("2026-11-20T10:00Z", "update", "A day later.")],
  });
  server.show({ ...FILES, "planned.md": moved });
  const after = (await read()).get("New database");
  expect(after?.getFirstPropertyValue("uid")).toBe(before?.getFirstPropertyValue("uid"));
  expect(Number(after?.getFirstPropertyValue("sequence"))).toBeGreaterThan(
    Number(before?.getFirstPropertyValue("sequence")),
  );
});

test("a component has a calendar of its own", async () => {
  const { read } = await calendar("/components/jobs/calendar.ics");
  expect([...(await read()).keys()]).toEqual([LONG, "New database"]);
});
