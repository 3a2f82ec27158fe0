import { expect, test } from "vitest";
import { EVERY_KIND, SITE } from "./every-kind.ts";
import { served } from "./server.ts";

const open = () => served(EVERY_KIND, { site: SITE });

/** Every address that the service has, with one incident and one maintenance. */
const PATHS = [
  "summary",
  "status",
  "components",
  "incidents",
  "incidents/unresolved",
  "incidents/bhbcjn4n3jzp",
  "scheduled-maintenances",
  "scheduled-maintenances/upcoming",
  "scheduled-maintenances/active",
].map((path) => `/api/v2/${path}.json`);

/** What an answer says of itself besides its content. */
const told = (answer: Response) =>
  Object.fromEntries(
    [
      "access-control-allow-origin",
      "access-control-expose-headers",
      "cache-control",
      "cross-origin-resource-policy",
      "etag",
      "vary",
      "x-content-type-options",
    ].map((name) => [name, answer.headers.get(name)]),
  );

test.each(PATHS)("%s answers every way of asking as its readers expect", async (path) => {
  const server = await open();
  const plain = await server.get(path, { origin: "https://other.example", "accept-encoding": "identity" });
  expect(plain.status).toBe(200);
  expect(plain.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(told(plain)).toEqual({
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link",
    "cache-control": "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400",
    "cross-origin-resource-policy": "cross-origin",
    etag: expect.stringMatching(/^"[\w-]{22}"$/),
    vary: "Accept-Encoding",
    "x-content-type-options": "nosniff",
  });
  const body = await plain.text();
  expect(Number(plain.headers.get("content-length"))).toBe(Buffer.byteLength(body));

  const head = await fetch(server.url + path, { method: "HEAD", headers: { "accept-encoding": "identity" } });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
    200,
    plain.headers.get("content-length"),
    "",
  ]);
  expect(told(head)).toEqual(told(plain));

  // What a reader sends along does not make it another answer.
  const asked = await server.get(`${path}?_=1&callback=x&utm_source=y`, {
    accept: "text/html",
    cookie: "a=b",
    host: "other.example",
    "accept-encoding": "identity",
  });
  expect([told(asked), await asked.text()]).toEqual([told(plain), body]);

  const packed = await server.get(path, { "accept-encoding": "gzip" });
  expect(await packed.text()).toBe(body);
  const etags = [plain, packed].map(({ headers }) => headers.get("etag") ?? "");
  // Other bytes, another name: only what is too short to be packed has the same.
  expect(etags[0] === etags[1], path).toBe(packed.headers.get("content-encoding") === null);
  for (const [index, coding] of ["identity", "gzip"].entries()) {
    const etag = etags[index] ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await server.get(path, { "if-none-match": known, "accept-encoding": coding });
      expect([again.status, await again.text()], known).toEqual([304, ""]);
      expect(told(again)).toEqual(told(index === 0 ? plain : packed));
    }
    expect((await server.get(path, { "if-none-match": '"other"', "accept-encoding": coding })).status).toBe(200);
  }

  const options = await fetch(server.url + path, { method: "OPTIONS" });
  expect([options.status, options.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  expect(options.headers.get("access-control-max-age")).toBe("86400");
  const slash = await server.get(`${path}/`);
  expect([slash.status, slash.headers.get("location")]).toEqual([308, path]);
  expect(slash.headers.get("access-control-allow-origin")).toBe("*");
});

test("every origin may read an answer, keep it shortly, and longer when the server is away", async () => {
  const server = await open();
  const answer = await server.get("/api/v2/summary.json", { origin: "https://other.example" });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe(
    "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400",
  );
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("a browser that asks first is told yes, of an answer and of nothing else", async () => {
  const server = await open();
  const ask = (path: string) =>
    fetch(server.url + path, {
      method: "OPTIONS",
      headers: { "access-control-request-method": "GET", "access-control-request-headers": "x-client" },
    });
  const answer = await ask("/api/v2/status.json");
  expect(answer.status).toBe(204);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-allow-methods")).toBe("GET, HEAD, OPTIONS");
  expect(answer.headers.get("access-control-allow-headers")).toBe("*");
  expect((await ask("/")).status).toBe(405);
});

test("what is known is answered by 304, until it changes", async () => {
  const server = await open();
  const first = await server.get("/api/v2/components.json");
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]+"$/);
  const again = await server.get("/api/v2/components.json", { "if-none-match": etag });
  expect(again.status).toBe(304);
  expect(again.headers.get("access-control-allow-origin")).toBe("*");
  expect(await again.text()).toBe("");
  server.show({});
  expect((await server.get("/api/v2/components.json", { "if-none-match": etag })).status).toBe(200);
});

test("a method that is none of these is refused in the form of an answer", async () => {
  const server = await open();
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    const answer = await fetch(`${server.url}/api/v2/summary.json`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
});

test("what is asked about another site by oEmbed is refused in the form of an answer", async () => {
  const server = await open();
  for (const [query, status] of [
    ["", 404],
    ["url=https%3A%2F%2Fother.example%2F", 404],
    ["url=https%3A%2F%2Fstatus.lumen.example.evil.example%2F", 404],
    ["url=https%3A%2F%2Fstatus.lumen.example&format=xml", 501],
  ] as const) {
    const answer = await server.get(`/oembed?${query}`);
    expect(answer.status, query).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
});

test.each([
  ["", 420, 72],
  ["&maxwidth=300", 300, 72],
  ["&maxwidth=300&maxheight=40", 300, 40],
  ["&maxwidth=309&maxheight=7", 300, 7],
  ["&maxwidth=9999&maxheight=x", 420, 72],
  ["&maxwidth=0&maxheight=-5&width=1", 420, 72],
])("the banner that oEmbed offers fits into the room there is: “%s”", async (room, width, height) => {
  const answer = await (await open()).json(`/oembed?url=https%3A%2F%2Fstatus.lumen.example%2Fhistory${room}`);
  expect(answer).toMatchObject({ version: "1.0", type: "rich", width, height });
  expect(answer["html"]).toContain(`width="${width}" height="${height}"`);
});

test("HEAD answers like GET without the body", async () => {
  const server = await open();
  const head = await fetch(`${server.url}/api/v2/summary.json`, { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(head.headers.get("access-control-allow-origin")).toBe("*");
  expect(await head.text()).toBe("");
});

test.each(["/api/v2/incidents/aaaaaaaaaaaa.json", "/api/v2/nothing.json", "/api/v2/incidents/DRAFT.json"])(
  "%s is refused as programs expect it",
  async (path) => {
    const answer = await (await open()).get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({ error: "Not found" });
  },
);

test("no answer says anything of a draft", async () => {
  const server = await open();
  for (const path of ["summary", "incidents", "incidents/unresolved", "components"]) {
    expect(await (await server.get(`/api/v2/${path}.json`)).text()).not.toContain("Secret draft");
  }
});
