import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PageCache, pack, page } from "#lib/web/serve/page-cache.ts";

const html = (text: string, status = 200) => page(status, "text/html; charset=utf-8", Buffer.from(text));
const LONG = "All systems are operational. ".repeat(100);

describe("the cache", () => {
  test("makes a page once, however many ask at the same time", async () => {
    const cache = new PageCache();
    const make = vi.fn(async () => {
      await new Promise((done) => setTimeout(done, 5));
      return html("a");
    });
    const all = await Promise.all(Array.from({ length: 50 }, () => cache.get("1 /", "/", make)));
    expect(make).toHaveBeenCalledTimes(1);
    expect(new Set(all).size).toBe(1);
    expect(await cache.get("1 /", "/", make)).toBe(all[0]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test("asks anew under a new stamp, and after a failure", async () => {
    const cache = new PageCache();
    const make = vi.fn(() => Promise.resolve(html("a")));
    await cache.get("1 /", "/", make);
    await cache.get("2 /", "/", make);
    expect(make).toHaveBeenCalledTimes(2);
    await expect(cache.get("3 /", "/", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(cache.get("3 /", "/", make)).resolves.toMatchObject({ status: 200 });
  });

  test("remembers the last good page of an address, and only good ones", async () => {
    const cache = new PageCache();
    expect(cache.last("/")).toBeUndefined();
    const good = await cache.get("1 /", "/", () => Promise.resolve(html("good")));
    await cache.get("2 /", "/", () => Promise.resolve(html("missing", 404)));
    expect(cache.last("/")).toBe(good);
  });

  test("forgets a refusal within seconds: what is not there now may be there soon", async () => {
    // What the cache counts by, and the timer by which it asks anew what time it is.
    const now = vi.spyOn(performance, "now").mockReturnValue(1_000);
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const pass = (ms: number) => {
      now.mockReturnValue(performance.now() + ms);
      vi.advanceTimersByTime(ms);
    };
    const cache = new PageCache();
    const answers = [html("missing", 404), html("there")];
    const make = vi.fn(() => Promise.resolve(answers.shift() ?? html("?")));
    const get = () => cache.get("/files/a", "/files/a", make);
    expect(await get()).toMatchObject({ status: 404 });
    expect(await get()).toMatchObject({ status: 404 });
    expect(make).toHaveBeenCalledTimes(1);
    pass(1_100);
    expect(await get()).toMatchObject({ status: 200 });
    pass(1_100);
    expect(await get()).toMatchObject({ status: 200 });
    expect(make).toHaveBeenCalledTimes(2);
  });
});

describe("a page", () => {
  test("has a validator of its bytes", () => {
    expect(html("a").etag).toBe(html("a").etag);
    expect(html("a").etag).not.toBe(html("b").etag);
    expect(html("a").etag).toMatch(/^[\w-]{22}$/);
  });

  test.each([
    ["br, gzip", "br"],
    ["gzip, deflate, br", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["br;q=0.0, gzip;q=0.000", undefined],
    ["br;q=0.001", "br"],
    ["deflate", undefined],
    ["", undefined],
    ["brotli", undefined],
  ])("is packed for a reader who accepts “%s” as %s", async (accepted, coding) => {
    const { body, coding: used } = await pack(html(LONG), accepted);
    expect(used).toBe(coding);
    const unpacked = used === "br" ? brotliDecompressSync(body) : used === "gzip" ? gunzipSync(body) : body;
    expect(unpacked.toString()).toBe(LONG);
  });

  test("is not packed where that gains nothing", async () => {
    expect((await pack(html("short"), "br")).coding).toBeUndefined();
    expect((await pack(page(200, "image/png", Buffer.from(LONG)), "br")).coding).toBeUndefined();
    expect((await pack(page(200, "application/atom+xml", Buffer.from(LONG)), "br")).coding).toBe("br");
    expect((await pack(page(200, "application/feed+json", Buffer.from(LONG)), "br")).coding).toBe("br");
    expect((await pack(page(200, "image/svg+xml", Buffer.from(LONG)), "br")).coding).toBe("br");
  });

  test("is packed once", async () => {
    const made = html(LONG);
    const [first, second] = await Promise.all([pack(made, "br"), pack(made, "br")]);
    expect(first.body).toBe(second.body);
  });
});
