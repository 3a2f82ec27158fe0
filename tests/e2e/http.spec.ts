import { expect } from "@playwright/test";
import { ask, send } from "./support/ask.ts";
import { test } from "./support/test.ts";

const PAGE_CACHE = "public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=86400";
const FOR_EVER = "public, max-age=31536000, immutable";

/** Every header that an answer of a page has. */
const PAGE_HEADERS = [
  "cache-control",
  "connection",
  "content-length",
  "content-security-policy",
  "content-type",
  "cross-origin-opener-policy",
  "date",
  "etag",
  "permissions-policy",
  "referrer-policy",
  "vary",
  "x-content-type-options",
];

test("a page that is known is answered by 304", async ({ sites }) => {
  const base = await sites.url("demo");
  const first = await ask(base, "/history");
  const etag = first.headers.etag ?? "";
  expect(etag).toMatch(/^"[\w-]{20,}"$/);
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await ask(base, "/history", { headers: { "if-none-match": known } });
    expect(again.status, known).toBe(304);
    expect(again.body).toBe("");
    expect(again.headers.etag).toBe(etag);
    expect(again.headers["cache-control"]).toBe(PAGE_CACHE);
    expect(again.headers["content-security-policy"]).toBe(first.headers["content-security-policy"]);
  }
  expect((await ask(base, "/history", { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  const packed = await ask(base, "/history", { headers: { "accept-encoding": "br" } });
  expect(packed.headers.etag).not.toBe(etag);
  const unpacked = await ask(base, "/history", { headers: { "accept-encoding": "br;q=0, gzip;q=0" } });
  expect(unpacked.headers["content-encoding"]).toBeUndefined();
  expect(unpacked.headers.etag).toBe(etag);
  const missing = await ask(base, "/nowhere");
  const still = await ask(base, "/nowhere", { headers: { "if-none-match": missing.headers.etag ?? "" } });
  expect(still.status).toBe(404);
});

test("HEAD answers like GET, without the body", async ({ sites }) => {
  const base = await sites.url("demo");
  for (const path of ["/", "/history.atom", "/assets/candor.js", "/nowhere"]) {
    const get = await ask(base, path);
    const head = await ask(base, path, { method: "HEAD" });
    expect(head.body).toBe("");
    expect(head.status).toBe(get.status);
    const apart = { date: "", etag: "" };
    expect({ ...head.headers, ...apart }).toEqual({ ...get.headers, ...apart });
  }
});

test("only GET and HEAD are understood", async ({ sites }) => {
  const base = await sites.url("demo");
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]) {
    const { status, headers, body } = await ask(base, "/", { method });
    expect(status, method).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
    expect(body).toBe("");
  }
});

test("what is no address is refused", async ({ sites }) => {
  const base = await sites.url("demo");
  const bad = [
    "/%zz",
    "/%",
    "/%00",
    "/history%00",
    "/%e0%a4%a",
    "//evil.example",
    "//evil.example/",
    "/.//evil.example/",
  ];
  const worse = [
    "/\\evil.example",
    "/\\evil.example/",
    "/history\\",
    `/${"a".repeat(2_001)}`,
    `/?${"a=1&".repeat(600)}`,
  ];
  for (const path of [...bad, ...worse, "http://evil.example/", "https://evil.example/history/", "*"]) {
    const { status, headers, body } = await ask(base, path);
    expect(status, path.slice(0, 40)).toBe(400);
    expect(headers.location).toBeUndefined();
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(body).toBe("Bad address.\n");
  }
  for (const line of ["GET /\0 HTTP/1.1", "GET history HTTP/1.1", "GET / HTTP/9.9", "nonsense", "GET /a b HTTP/1.1"]) {
    expect(await send(base, `${line}\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 (?:400|505) /);
  }
});

test("a slash at the end is taken off, and no redirect ever leads away", async ({ sites }) => {
  const base = await sites.url("demo");
  for (const [path, to] of [
    ["/history/", "/history"],
    ["/history///", "/history"],
    ["/incidents/2026-10-14-delayed-email/", "/incidents/2026-10-14-delayed-email"],
    ["/history/?component=api&utm_source=x", "/history?component=api"],
    ["/nowhere/", "/nowhere"],
  ]) {
    const { status, headers } = await ask(base, path ?? "");
    expect(status, path).toBe(308);
    expect(headers.location).toBe(to);
  }
  const tricks = [
    "/%2f%2fevil.example/",
    "/%5cevil.example/",
    "/%5c%5cevil.example/",
    "/;//evil.example/",
    "/..//evil.example/",
  ];
  const more = [
    "/a/..//evil.example/",
    "/%2e%2e//evil.example/",
    "/@evil.example/",
    "/:80/",
    "/history//../..//evil.example/",
  ];
  for (const path of [...tricks, ...more, "/%0d%0aLocation:%20https:%2f%2fevil.example/"]) {
    const { headers } = await ask(base, path, {
      headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
    });
    expect(headers.location ?? "/", path).toMatch(/^\/(?![/\\])/);
    expect(new URL(headers.location ?? "/", base).origin, path).toBe(base);
  }
});

test("a query that nobody understands makes no other page", async ({ sites }) => {
  const base = await sites.url("demo");
  const { headers, body } = await ask(base, "/reports");
  for (const path of [
    "/reports?utm_source=mail",
    "/reports?_rsc=1x2y",
    "/reports?__proto__=1",
    "/reports?a[]=1",
    "/reports?",
  ]) {
    const again = await ask(base, path);
    expect(again.headers.etag, path).toBe(headers.etag);
    expect(again.body).toBe(body);
  }
  const filtered = await ask(base, "/history?component=api&kind=incident");
  const turned = await ask(base, "/history?kind=incident&component=api&component=email&x=1");
  expect(turned.body).toBe(filtered.body);
});

test("former addresses lead to where they moved", async ({ sites }) => {
  const base = await sites.url("full");
  for (const path of [
    "/issues/lost-uploads",
    "/issues/lost-uploads/",
    "/Issues/Lost-Uploads",
    "/st%C3%B6rung/verlorene-dateien",
    "/incidents/uploads-missing",
  ]) {
    const { status, headers } = await ask(base, path);
    expect(status, path).toBe(308);
    expect(headers.location).toBe("/incidents/uploads-lost");
  }
});

test("every answer says how long it may be kept, and of what type it is", async ({ sites }) => {
  const base = await sites.url("full");
  const home = await ask(base, "/");
  const style = /href="(\/_next\/static\/[^"]+\.css)"/.exec(home.body)?.[1] ?? "";
  const report = await ask(base, "/incidents/uploads-lost");
  const drawing = /src="(\/files\/[0-9a-f]{16}\/lost\.svg)"/.exec(report.body)?.[1] ?? "";
  const pixel = /src="(\/files\/[0-9a-f]{16}\/one%20pixel\.png)"/.exec(report.body)?.[1] ?? "";
  const feeds = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";
  for (const [path, type, cache] of [
    ["/", "text/html; charset=utf-8", PAGE_CACHE],
    ["/history?tag=routine", "text/html; charset=utf-8", PAGE_CACHE],
    ["/history.atom", "application/atom+xml; charset=utf-8", feeds],
    ["/history.rss", "application/rss+xml; charset=utf-8", feeds],
    ["/feed.json", "application/feed+json; charset=utf-8", feeds],
    ["/favicon.svg", "image/svg+xml", feeds],
    [style, "text/css; charset=UTF-8", FOR_EVER],
    [drawing, "image/svg+xml", FOR_EVER],
    [pixel, "image/png", FOR_EVER],
    ["/nowhere", "text/html; charset=utf-8", "no-store"],
  ]) {
    const { headers } = await ask(base, path ?? "");
    expect(headers["content-type"]?.toLowerCase(), path).toBe(type?.toLowerCase());
    expect(headers["cache-control"], path).toBe(cache);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers.vary).toBe("Accept-Encoding");
  }
  expect(Object.keys(home.headers).sort()).toEqual(PAGE_HEADERS);
  expect((await ask(base, drawing)).headers["content-security-policy"]).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  );
});

test("the server tells whether it is alive, and nothing else", async ({ sites }) => {
  const { status, headers, body } = await ask(await sites.url("demo"), "/healthz");
  expect(status).toBe(200);
  expect(headers["cache-control"]).toBe("no-store");
  expect(body).toBe("ok\n");
});

test("no path leads out of the site", async ({ sites }) => {
  const base = await sites.url("full");
  const up = ["..", "%2e%2e", "%2E%2E", ".%2e", "..%2f..", "..%5c..", "%252e%252e"];
  const goals = ["etc/passwd", "package.json", ".next/BUILD_ID", "site.yaml", "candor.db"];
  for (const root of ["/files", "/files/0000000000000000", "/_next", "/_next/static", "/assets", "/incidents"]) {
    for (const step of up) {
      for (const goal of goals) {
        const { status, body } = await ask(base, `${root}/${step}/${step}/${step}/${goal}`);
        expect([400, 404], `${root} ${step} ${goal}`).toContain(status);
        expect(body).not.toMatch(/root:|"dependencies"|timezone:|SQLite/);
      }
    }
  }
});

test("the framework's own doors are shut", async ({ sites }) => {
  const base = await sites.url("demo");
  const plain = await ask(base, "/reports");
  for (const headers of [
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1", "next-router-state-tree": "%5B%22%22%5D" },
    { "next-url": "/operator" },
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "x-middleware-rewrite": "/nowhere" },
    { "x-invoke-path": "/nowhere", "x-matched-path": "/nowhere", "x-now-route-matches": "1" },
    { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "javascript" },
    { "x-candor-view": "00000000-0000-4000-8000-000000000000" },
    { "x-prerender-revalidate": "1", purpose: "prefetch", "x-nextjs-data": "1" },
    { accept: "text/x-component" },
  ] satisfies Record<string, string>[]) {
    const answer = await ask(base, "/reports", { headers: headers as Record<string, string> });
    expect(answer.body, JSON.stringify(headers)).toBe(plain.body);
    expect(answer.headers).toEqual({ ...plain.headers, date: answer.headers.date });
  }
  const action = await ask(base, "/reports", { method: "POST", headers: { "next-action": "0".repeat(40) } });
  expect(action.status).toBe(405);
  const missing = await ask(base, "/nowhere");
  for (const path of [
    "/index.rsc",
    "/reports.rsc",
    "/reports.segments/_tree.segment.rsc",
    "/_next/image?url=%2Ffavicon.svg&w=64&q=75",
    "/_next/data/build/index.json",
    "/_next/static/nothing.js",
    "/_next/postponed/resume/",
    "/_not-found",
    "/_error",
    "/500",
    "/__nextjs_original-stack-frame",
    "/.env",
    "/.git/config",
  ]) {
    const { status, body } = await ask(base, path.replace(/\/$/, ""));
    expect(status, path).toBe(404);
    expect(body, path).toBe(missing.body);
  }
});
