import inject from "light-my-request";
import { expect, test } from "vitest";
import { answerRoutes, type Call, type Handle, type Route } from "#lib/web/http/route.ts";

const says =
  (text: (call: Call) => string): Handle =>
  (call) =>
    Promise.resolve({ status: 200, body: text(call) });

const ROUTES: readonly Route[] = [
  { path: "/form", on: { GET: says(({ query }) => `form ${query.get("by")}`), POST: says(() => "taken") } },
  {
    path: "/api/:slug/updates",
    on: { POST: says(({ params }) => `${params["slug"]}`) },
    onOther: (allow) => ({ status: 405, headers: { allow }, body: "told" }),
  },
  { path: "/closed/*", gate: () => "absent", on: { GET: says(() => "never") } },
  { path: "/guarded", gate: () => ({ status: 403, body: "no" }), on: { GET: says(() => "never") } },
  { path: "/stream", stream: (_, response) => void response.end("streamed") },
  { path: "/broken", on: { GET: () => Promise.reject(new Error("our fault")) } },
];

async function ask(method: string, url: string) {
  const faults: string[] = [];
  const listener = answerRoutes(
    ROUTES,
    (_, response) => response.end("a page"),
    (error, path) => faults.push(`${path}: ${String(error)}`),
  );
  const { statusCode, headers, payload } = await inject(listener, { method: method as "GET", url });
  return { status: statusCode, allow: headers.allow, body: payload, faults };
}

test.each([
  ["GET", "/form?by=slack", "form slack"],
  ["GET", "/form/?by=slack", "form slack"],
  ["GET", "/form?by=a?b", "form a?b"],
  ["HEAD", "/form", ""],
  ["POST", "/form", "taken"],
  ["POST", "/api/a-slug/updates", "a-slug"],
  ["POST", "/api/%61/updates", "a"],
  ["GET", "/stream", "streamed"],
  ["OPTIONS", "/stream", "streamed"],
  // What is no route is left to the pages, which have words for what is no address too.
  ["GET", "/", "a page"],
  ["GET", "/Form", "a page"],
  ["GET", "/formula", "a page"],
  ["POST", "/api/a/b/updates", "a page"],
  ["POST", `/api/${"a".repeat(201)}/updates`, "a page"],
  ["GET", "/form%", "a page"],
  ["GET", "/api/%ff/updates", "a page"],
  ["GET", "/constructor", "a page"],
  ["GET", "/closed/door", "a page"],
])("%s %s says “%s”", async (method, url, body) => {
  expect(await ask(method, url)).toMatchObject({ status: 200, body, faults: [] });
});

test("another method hears which there are", async () => {
  expect(await ask("PUT", "/form")).toMatchObject({ status: 405, allow: "GET, HEAD, POST" });
  expect(await ask("GET", "/api/a/updates")).toMatchObject({ status: 405, allow: "POST", body: "told" });
});

test("a gate may refuse before anything is read", async () => {
  expect(await ask("GET", "/guarded")).toMatchObject({ status: 403, body: "no" });
  expect(await ask("DELETE", "/guarded")).toMatchObject({ status: 403 });
});

test("what goes wrong is noted, and not told", async () => {
  const answer = await ask("GET", "/broken?a=1");
  expect(answer).toMatchObject({ status: 500, faults: ["/broken?a=1: Error: our fault"] });
  expect(answer.body).not.toContain("our fault");
});
