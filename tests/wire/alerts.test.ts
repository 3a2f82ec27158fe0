import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notificationSchema, wordsOf } from "#lib/content/intake/alertmanager.ts";
import { markdownToText } from "#lib/markdown/parse.ts";
import { type Office, openOffice } from "./office.ts";

const ALERT = {
  status: "firing",
  labels: { alertname: "HighErrorRate", service: "api", severity: "critical" },
  annotations: { summary: "Error rate above 5%", description: "12% of requests fail" },
  startsAt: "2026-11-22T09:52:26.739266876+00:00",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prometheus.example/graph",
  fingerprint: "3f1a",
};
const PRINTER = {
  ...ALERT,
  labels: { alertname: "PrinterDown", service: "label-printer", severity: "warning" },
  annotations: { summary: "Label printer is down" },
  fingerprint: "77b0",
};
const ENDED = { status: "resolved", endsAt: "2026-11-22T09:58:00Z" };

function notification(alerts: readonly object[], status = "firing") {
  const [first] = alerts as readonly (typeof ALERT)[];
  return {
    version: "4",
    groupKey: '{}:{alertname="HighErrorRate"}',
    truncatedAlerts: 0,
    status,
    receiver: "candor",
    groupLabels: { alertname: "HighErrorRate" },
    commonLabels: first?.labels ?? {},
    commonAnnotations: first?.annotations ?? {},
    externalURL: "http://alertmanager.example",
    alerts,
  };
}

async function deliver(office: Office, token: string, body: object): Promise<{ result: string; slug?: string }> {
  const response = await fetch(`${office.url}/api/alerts/alertmanager`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { result: string; slug?: string };
}

const files = (office: Office) =>
  readdirSync(office.environment.content, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".md"));
const text = (office: Office) => readFileSync(join(office.environment.content, files(office)[0] ?? ""), "utf8");

async function prepared() {
  const office = await openOffice();
  const token = await office.token("machine", "alertmanager");
  return { office, token, send: (body: object) => deliver(office, token, body) };
}

describe("alerts of Alertmanager", () => {
  it("open a draft and resolve it, whatever is repeated and in whatever order", async () => {
    const { office, send } = await prepared();
    const firing = notification([ALERT]);
    const resolved = notification([{ ...ALERT, ...ENDED }], "resolved");
    expect(await send(resolved), "the end of what was never told of").toEqual({ result: "nothing-new" });
    expect(await send(firing)).toMatchObject({ result: "opened" });
    expect(await send(firing)).toMatchObject({ result: "nothing-new" });
    office.clock += 60_000;
    expect(await send(resolved)).toMatchObject({ result: "resolved" });
    expect(await send(resolved)).toMatchObject({ result: "nothing-new" });
    expect(await send(firing), "replayed after the end").toMatchObject({ result: "nothing-new" });
    expect(files(office)).toHaveLength(1);
    const ids = text(office).match(/^ *id: .+$/gm) ?? [];
    expect(new Set(ids).size).toBe(3);
    expect(text(office).replace(/^ *id: .+\n/gm, "")).toMatchInlineSnapshot(`
      "---
      title: Error rate above 5%
      components: { api: major_outage }
      started: 2026-11-22T09:52:26Z
      draft: true
      updates:
        - at: 2026-11-22T10:00:00Z
          status: investigating
          body: "Error rate above 5%: 12% of requests fail"
        - at: 2026-11-22T10:00:00Z
          status: resolved
          body: The alerts have ended.
      ---
      "
    `);
    expect(office.faults).toEqual([]);
  });

  it("remembers so many alerts that are over, and no more, the newest", async () => {
    const { office, send } = await prepared();
    const at = Date.parse(ALERT.startsAt);
    const many = (from: number, count: number, more = {}) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ ...ALERT, fingerprint: `f${from + index}`, startsAt: new Date(at + from + index).toISOString() },
        ...more,
      }));
    for (const from of [0, 6_000]) {
      await send(notification(many(from, 6_000)));
      await send(notification(many(from, 6_000, ENDED), "resolved"));
    }
    const [group] = await office.database.query.selectFrom("alert_group").select("ended").execute();
    const over = JSON.parse(group?.ended ?? "{}") as object;
    expect(Object.keys(over)).toHaveLength(10_000);
    expect(over).toHaveProperty("f11999");
    expect(over).not.toHaveProperty("f1999");
    expect(await send(notification(many(11_999, 1)))).toMatchObject({ result: "nothing-new" });
  });

  it("come in thousands when everything fires, and whatever their fingerprints are called", async () => {
    const { office, send } = await prepared();
    const all = Array.from({ length: 3_000 }, (_, n) => ({ ...ALERT, fingerprint: `f${n}` }));
    expect(await send(notification(all))).toMatchObject({ result: "opened" });
    for (const fingerprint of ["constructor", "__proto__", "toString"]) {
      const alert = { ...ALERT, fingerprint };
      expect(await send(notification([alert])), fingerprint).toMatchObject({ result: "updated" });
      expect(await send(notification([alert])), fingerprint).toMatchObject({ result: "nothing-new" });
    }
    expect(office.faults).toEqual([]);
  });

  it("make one draft of many deliveries at the same time", async () => {
    const { office, send } = await prepared();
    const results = await Promise.all(Array.from({ length: 8 }, () => send(notification([ALERT]))));
    expect(results.map(({ result }) => result).sort()).toEqual([...new Array(7).fill("nothing-new"), "opened"]);
    expect(files(office)).toHaveLength(1);
  });

  it("add what joins, in the words of site.yaml's mapping", async () => {
    const { office, send } = await prepared();
    await send(notification([ALERT]));
    office.clock += 60_000;
    expect(await send(notification([ALERT, PRINTER]))).toMatchObject({ result: "updated" });
    expect(await send(notification([ALERT, PRINTER]))).toMatchObject({ result: "nothing-new" });
    expect(text(office)).toContain("components: { labels: degraded_performance }");
    expect(await send(notification([{ ...ALERT, ...ENDED }, PRINTER]))).toMatchObject({ result: "nothing-new" });
    expect(await send(notification([{ ...PRINTER, ...ENDED }], "resolved"))).toMatchObject({ result: "resolved" });
    expect(text(office).match(/status: resolved/g)).toHaveLength(1);
  });

  it("open another draft when they fire anew after the end", async () => {
    const { office, send } = await prepared();
    await send(notification([ALERT]));
    await send(notification([{ ...ALERT, ...ENDED }], "resolved"));
    const anew = { ...ALERT, startsAt: "2026-11-22T09:59:30Z" };
    expect(await send(notification([anew]))).toMatchObject({ result: "opened" });
    expect(files(office)).toHaveLength(2);
  });
});

describe("alerts whose draft is no longer as it was left", () => {
  it("leave alone what a person has taken over, or has taken away", async () => {
    const { office, send } = await prepared();
    await send(notification([ALERT]));
    const file = join(office.environment.content, files(office)[0] ?? "");
    const published = text(office).replace("draft: true\n", "");
    writeFileSync(file, published);
    expect(await send(notification([{ ...ALERT, ...ENDED }], "resolved"))).toMatchObject({ result: "left-to-people" });
    expect(text(office)).toBe(published);
    const anew = { ...ALERT, startsAt: "2026-11-22T09:59:30Z" };
    expect(await send(notification([anew])), "people have it in hand").toMatchObject({ result: "opened" });

    const other = await prepared();
    await other.send(notification([ALERT]));
    rmSync(join(other.office.environment.content, files(other.office)[0] ?? ""));
    expect(await other.send(notification([{ ...ALERT, ...ENDED }], "resolved"))).toMatchObject({
      result: "draft-is-gone",
    });
    expect(files(other.office)).toEqual([]);
  });

  it("open no second draft when what was remembered of them is lost", async () => {
    const { office, send } = await prepared();
    const { slug } = await send(notification([ALERT]));
    await office.database.query.deleteFrom("alert_group").execute();
    expect(await send(notification([ALERT]))).toEqual({ result: "nothing-new", slug });
    expect(files(office)).toHaveLength(1);
    expect(await send(notification([{ ...ALERT, ...ENDED }], "resolved"))).toMatchObject({ result: "resolved" });
  });
});

describe("what alerts say", () => {
  it("is refused with what is wrong with a notification of another form", async () => {
    const { send } = await prepared();
    expect(await send({ ...notification([ALERT]), version: "3" })).toMatchObject({ problems: [{ field: "version" }] });
    expect(await send({ ...notification([]) })).toMatchObject({ problems: [{ field: "alerts" }] });
  });

  it("is hostile: it is shown to the letter, and does nothing", async () => {
    const { office, send } = await prepared();
    const summary =
      "<script>alert(1)</script> [x](javascript:alert(1)) ::timeline ![](http://a.example/x.png) **b** @all";
    await send(notification([{ ...ALERT, annotations: { summary, description: "---\ndraft: false\n" } }]));
    expect(text(office)).toContain("draft: true");
    expect(text(office).match(/^---$/gm)).toHaveLength(2);
  });

  it("becomes Markdown that says exactly their words", () => {
    const shown = (summary: string) => {
      const { alerts } = notificationSchema.parse(notification([{ ...ALERT, annotations: { summary } }]));
      return markdownToText(wordsOf(alerts), "en");
    };
    const pieces = [
      "<b>",
      "*",
      "_a_",
      "`",
      "#",
      "- ",
      "1. ",
      "> ",
      "[a](b)",
      "![",
      "](",
      "http://a.example",
      "www.a.example",
      "~~",
      "|",
      "&amp;",
      "\\",
      ":::x",
      "::t",
      "[^1]",
      "a@b.example",
      "=",
      "+",
      " ",
      "\n",
      "é",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }), (parts) => {
        const said = parts.join("");
        const plain = said.replace(/\s+/g, " ").trim();
        expect(shown(said)).toBe(plain === "" ? "HighErrorRate" : plain);
      }),
      { numRuns: 500 },
    );
  });
});
