import { describe, expect, test } from "vitest";
import { faultOf, isPublic } from "#lib/delivery/channels/http/guard.ts";
import { HANG_GUARD_MS, NEVER_MS, SILENCE_MS } from "#tests/hang-guard.ts";
import { closeAll, openSender, serve } from "./http-receiver.ts";

describe("each answer of a receiver", () => {
  test.each([
    [200, {}, { outcome: "accepted" }],
    [202, {}, { outcome: "accepted" }],
    [
      301,
      { location: "https://example.com/" },
      { outcome: "refused", detail: expect.stringContaining("leads elsewhere") },
    ],
    [307, { location: "http://169.254.169.254/latest" }, { outcome: "refused" }],
    [400, {}, { outcome: "refused" }],
    [401, {}, { outcome: "refused" }],
    [404, {}, { outcome: "refused" }],
    [408, {}, { outcome: "deferred" }],
    [410, {}, { outcome: "gone" }],
    [425, {}, { outcome: "deferred" }],
    [429, { "retry-after": "7" }, { outcome: "deferred", retryAfterMs: 7000 }],
    [429, { "retry-after": "0.5" }, { outcome: "deferred", retryAfterMs: 500 }],
    [503, { "retry-after": "Mon, 05 Jan 2026 12:05:00 GMT" }, { outcome: "deferred", retryAfterMs: 300_000 }],
    [503, { "retry-after": "999999999" }, { outcome: "deferred", retryAfterMs: 86_400_000 }],
    [503, { "retry-after": "soon" }, { outcome: "deferred", detail: "The receiver answered 503." }],
    [500, {}, { outcome: "deferred" }],
    [599, {}, { outcome: "deferred" }],
  ])("%i %j", async (status, headers, answer) => {
    const requests: string[] = [];
    const url = await serve((request, response) => {
      requests.push(request.url ?? "");
      response.writeHead(status, headers).end("<html>secret@example.com</html>");
    });
    const got = await openSender()(url);
    expect(got).toMatchObject(answer);
    expect(got.detail).not.toContain("secret");
    expect(requests).toEqual(["/hook"]);
  });

  test("never comes: not known what became of it", async () => {
    const url = await serve(() => undefined);
    expect(await openSender({ timeoutMs: SILENCE_MS })(url)).toMatchObject({ outcome: "unknown" });
  });

  test("never ends: its status counts, the rest is not waited for", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("."), 50);
      response.on("close", () => clearInterval(drip));
    });
    expect(await openSender({ timeoutMs: NEVER_MS })(url)).toMatchObject({ outcome: "accepted" });
  });

  test("is a gigabyte: it is cut off", async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      const block = Buffer.alloc(65_536);
      const pour = () => {
        while (sent < 1e9 && !response.destroyed) {
          sent += block.length;
          if (!response.write(block)) return;
        }
      };
      response.writeHead(200);
      response.on("drain", pour);
      pour();
    });
    expect(await openSender()(url)).toMatchObject({ outcome: "accepted" });
    expect(sent).toBeLessThan(2e7);
  });

  test("is nonsense: not known what became of it", async () => {
    const url = await serve((_request, response) => response.socket?.end("cheese\r\n\r\n"));
    expect(await openSender()(url)).toMatchObject({ outcome: "unknown" });
  });

  test("cannot be had: nothing left, and the host is left alone after three times", async () => {
    const url = await serve(() => undefined);
    await closeAll();
    const post = openSender();
    for (const _ of [1, 2, 3]) expect(await post(url)).toMatchObject({ outcome: "deferred" });
    expect(await post(url)).toMatchObject({ outcome: "deferred", retryAfterMs: 10_000 });
  });
});

describe("names", () => {
  const fail = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

  test.each(["ENOTFOUND", "ESERVFAIL", "ETIMEOUT"])("that cannot be looked up (%s) are tried later", async (code) => {
    const post = openSender({ allowPrivateTargets: false, resolve: fail(code) });
    expect(await post("https://hooks.example.com")).toMatchObject({ outcome: "deferred" });
  });

  test("are judged by the very address that is connected to: one that turns private is refused", async () => {
    let requests = 0;
    const { port } = new URL(
      await serve((_request, response) => {
        requests += 1;
        response.end();
      }),
    );
    // Public when somebody checks, loopback when it is used.
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const resolve = () => Promise.resolve(answers.length > 1 ? (answers.shift() ?? []) : (answers[0] ?? []));
    await resolve();
    const post = openSender({ allowPrivateTargets: false, resolve });
    expect(await post(`https://rebind.example.com:${port}`)).toMatchObject({
      outcome: "refused",
      detail: "The name leads to a private network.",
    });
    expect(requests).toBe(0);
  });

  test("with one private address among public ones are refused as a whole", async () => {
    const post = openSender({
      allowPrivateTargets: false,
      resolve: () => Promise.resolve(["93.184.216.34", "10.0.0.1"]),
    });
    expect(await post("https://mixed.example.com")).toMatchObject({ outcome: "refused" });
  });

  test("that hang hold up nobody else", async () => {
    const url = await serve((_request, response) => response.end());
    const port = new URL(url).port;
    const resolve = (name: string) =>
      name.startsWith("slow") ? new Promise<string[]>(() => undefined) : Promise.resolve(["127.0.0.1"]);
    const post = openSender({ resolve, timeoutMs: HANG_GUARD_MS, waitMs: HANG_GUARD_MS });
    const halt = new AbortController();
    const slow = Promise.all(Array.from({ length: 50 }, () => post(`http://slow.example.com:${port}`, halt.signal)));
    expect(await post(`http://quick.example.com:${port}`)).toMatchObject({ outcome: "accepted" });
    halt.abort();
    for (const answer of await slow) expect(answer.outcome).toBe("unsent");
  });

  test("that are not found in time were not reached", async () => {
    const post = openSender({ resolve: () => new Promise<string[]>(() => undefined), timeoutMs: 200 });
    expect(await post("http://slow.example.com")).toMatchObject({ outcome: "deferred" });
  });
});

describe("addresses that must not be reached", () => {
  test.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[::]/",
    "https://0.0.0.0/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://198.18.0.1/",
    "https://192.0.2.1/",
    "https://localhost/",
    "https://a.localhost/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://intranet/",
    "https://１２７.０.０.１/",
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://name:word@example.com/",
    "https://example.com:25/",
    "gopher://example.com/",
    "javascript:alert(1)",
    "https://①②⑦.⓪.⓪.①/",
  ])("%s", async (address) => {
    expect(faultOf(new URL(address), { allowPrivateTargets: false })).toEqual(expect.any(String));
    expect(await openSender({ allowPrivateTargets: false })(address.replace(/\/$/, ""))).toMatchObject({
      outcome: "refused",
    });
  });

  test.each([
    "https://example.com/hook?a=b",
    "https://93.184.216.34/",
    "https://[2606:2800:220:1::1]/",
    "https://example.com:8443/",
  ])("%s is fine", (address) => expect(faultOf(new URL(address), { allowPrivateTargets: false })).toBeUndefined());

  test("what is no address at all is not public", () => expect(isPublic("example.com")).toBe(false));
});
