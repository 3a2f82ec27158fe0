import type { RequestListener } from "node:http";
import inject from "light-my-request";
import { describe, expect, test, vi } from "vitest";
import { type FrontOptions, front } from "#lib/web/serve/front.ts";

const DOCUMENT = (text: string) =>
  `<!DOCTYPE html><html lang="en"><head><title>T</title><script src="/_next/static/main.js" async=""></script></head><body><p>${text}</p><script>self.__next_f.push([1])</script></body></html>`;

/** As a site with a component `b` and any tag would have it. */
function queryOf(query: URLSearchParams): string {
  const kept = ["component", "tag"].flatMap((key) => (query.get(key) ? [[key, query.get(key) ?? ""]] : []));
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : "";
}

/** A front before a framework that answers what `answers` says, or with the path it was asked for. */
function open(options: Partial<FrontOptions> & { answers?: Record<string, () => [number, string, string?]> } = {}) {
  const asked: string[] = [];
  const failures: string[] = [];
  let stamp = "1";
  const render: RequestListener = (request, response) => {
    const url = request.url ?? "";
    asked.push(url);
    const [status, body, type = "text/html; charset=utf-8"] = options.answers?.[url]?.() ?? [200, DOCUMENT(url)];
    response.writeHead(status, { "content-type": type, "x-powered-by": "framework", "set-cookie": "a=b" }).end(body);
  };
  const listener = front({
    render,
    stamp: () => stamp,
    find: (path) => (path === "/nowhere" ? undefined : { kind: "page" }),
    query: (path, query) => (path === "/" ? "" : queryOf(query)),
    onError: (error, path) => failures.push(`${path}: ${String(error)}`),
    ...options,
  });
  return {
    asked,
    failures,
    publish: (next: string) => {
      stamp = next;
    },
    get: (url: string, headers: Record<string, string> = {}) => inject(listener, { method: "GET", url, headers }),
    ask: (method: "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS", url: string) => inject(listener, { method, url }),
  };
}

describe("the front", () => {
  test("strips a page on its first answer as on every later one", async () => {
    const { get, asked } = open();
    const first = await get("/");
    const second = await get("/");
    expect(first.payload).toBe(
      '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><p>/</p></body></html>',
    );
    expect(second.payload).toBe(first.payload);
    expect(asked).toEqual(["/"]);
  });

  test("says when to ask again for what too many want at once, and keeps it nowhere", async () => {
    const make = () => ({ type: "text/plain; charset=utf-8", body: "Later.", status: 503 });
    const { get } = open({ find: () => ({ kind: "made", make }) });
    const { statusCode, headers } = await get("/card.png");
    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ "retry-after": "5", "cache-control": "no-store" });
    expect((await open().get("/")).headers).not.toHaveProperty("retry-after");
  });

  test("lets none of the framework's headers through, and none of the reader's in", async () => {
    const seen: unknown[] = [];
    const { get } = open({
      render: (request, response) => {
        seen.push(request.headers);
        response.writeHead(200, { "content-type": "text/html", "x-powered-by": "framework" }).end("<p>");
      },
    });
    const answer = await get("/", { host: "evil.example", cookie: "a=b", rsc: "1", "x-middleware-subrequest": "x" });
    expect(Object.keys(answer.headers)).not.toContain("x-powered-by");
    expect(Object.keys(answer.headers)).not.toContain("set-cookie");
    expect(seen).toEqual([{ host: "localhost", accept: "text/html", "user-agent": "lightMyRequest" }]);
  });

  test("makes each page once a stamp, and files once for ever", async () => {
    const { get, asked, publish } = open({ answers: { "/files/a/b.png": () => [200, "png", "image/png"] } });
    await get("/");
    await get("/files/a/b.png");
    publish("2");
    await get("/");
    await get("/files/a/b.png");
    expect(asked).toEqual(["/", "/files/a/b.png", "/"]);
  });

  test("drops from a query what no page understands", async () => {
    const { get, asked } = open();
    await get("/history?utm_source=x&tag=a&_rsc=1");
    await get("/history?tag=a");
    await get("/history?kind=");
    await get("/history");
    await get("/history?tag=%26%3D%23");
    expect(asked).toEqual(["/history?tag=a", "/history", "/history?tag=%26%3D%23"]);
  });
});

describe("an address", () => {
  test("that stands nowhere is not asked of the framework", async () => {
    const { get, asked } = open({ answers: { "/404": () => [404, DOCUMENT("missing")] } });
    for (let index = 0; index < 3; index += 1) {
      const answer = await get("/nowhere");
      expect(answer.statusCode).toBe(404);
      expect(answer.payload).toContain("missing");
      expect(answer.headers["cache-control"]).toBe("no-store");
    }
    expect(asked).toEqual(["/404"]);
  });

  test("that the framework refuses, or leaves to its script, shows our own page", async () => {
    const { get } = open({
      answers: {
        "/404": () => [404, DOCUMENT("missing")],
        "/late": () => [404, '<html id="__next_error__"><body></body></html>'],
        "/refused": () => [400, "words of the framework", "text/plain"],
      },
    });
    for (const path of ["/late", "/refused"]) {
      const answer = await get(path);
      expect(answer.statusCode).toBe(404);
      expect(answer.payload).toContain("<p>missing</p>");
    }
  });

  test("is answered to HEAD without a body, and to other methods not at all", async () => {
    const { ask, get, asked } = open();
    const head = await ask("HEAD", "/");
    expect(head.payload).toBe("");
    expect(Number(head.headers["content-length"])).toBe((await get("/")).rawPayload.length);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"] as const) {
      expect((await ask(method, "/")).statusCode).toBe(405);
    }
    expect(asked).toEqual(["/"]);
  });

  test("of former times leads on, and none to another host", async () => {
    const { get, asked } = open({
      find: (path) => (path === "/old" ? { kind: "moved", to: "/incidents/new" } : { kind: "page" }),
    });
    expect((await get("/old/")).headers.location).toBe("/incidents/new");
    expect((await get("/a/")).headers.location).toBe("/a");
    expect((await get("/a/?tag=x&y=z")).headers.location).toBe("/a?tag=x");
    for (const url of ["//evil.example/", "/.//evil.example/", "/%00", "/%zz", `/${"a".repeat(2_000)}`]) {
      const answer = await get(`http://localhost${url}`);
      expect(answer.statusCode, url).toBe(400);
      expect(answer.headers.location).toBeUndefined();
    }
    expect(asked.filter((url) => url.includes("evil"))).toEqual([]);
  });
});

describe("when something fails", () => {
  test("an earlier copy is shown, and the failure told", async () => {
    let isBroken = false;
    const { get, publish, failures } = open({
      answers: { "/": () => (isBroken ? [500, "stack trace"] : [200, DOCUMENT("good")]) },
    });
    await get("/");
    isBroken = true;
    publish("2");
    const answer = await get("/");
    expect(answer.statusCode).toBe(200);
    expect(answer.payload).toContain("good");
    expect(failures).toEqual(["/: Error: The page answered 500"]);
  });

  test("without an earlier copy the error page is shown, in no word of the framework's", async () => {
    const { get } = open({ answers: { "/": () => [500, "stack trace"] } });
    const answer = await get("/");
    expect(answer.statusCode).toBe(500);
    expect(answer.payload).toContain("This page cannot be shown right now");
    expect(answer.payload).not.toContain("stack trace");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("a page that failed is tried again at once", async () => {
    let tries = 0;
    const { get } = open({
      answers: {
        "/": () => {
          tries += 1;
          return tries === 1 ? [500, ""] : [200, DOCUMENT("good")];
        },
      },
    });
    expect((await get("/")).statusCode).toBe(500);
    expect((await get("/")).statusCode).toBe(200);
  });

  test("neither a store nor an address book that fails takes a page down", async () => {
    const state = { isBroken: false };
    const fail = () => {
      throw new Error("The disk is gone");
    };
    const find = vi.fn((): { kind: "page" } => (state.isBroken ? fail() : { kind: "page" }));
    const { get, failures } = open({
      find,
      stamp: () => (state.isBroken ? fail() : "1"),
      query: () => (state.isBroken ? fail() : ""),
    });
    const good = await get("/");
    state.isBroken = true;
    const again = await get("/");
    expect(again.statusCode).toBe(200);
    expect(again.payload).toBe(good.payload);
    expect((await get("/never-seen")).statusCode).toBe(500);
    expect((await get("/healthz")).payload).toBe("ok\n");
    expect(new Set(failures)).toEqual(
      new Set(["/", "/never-seen", "/healthz"].map((path) => `${path}: Error: The disk is gone`)),
    );
  });
});
