import { expect, test } from "vitest";
import { EVERY_KIND, SITE } from "./every-kind.ts";
import { served } from "./server.ts";

const open = () => served(EVERY_KIND, { site: SITE });

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
