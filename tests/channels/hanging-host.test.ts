import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { HANG_GUARD_MS } from "#tests/hang-guard.ts";
import { NOW, openSender, serve } from "./http-receiver.ts";

/** A receiver that answers nothing, and what it has taken. */
async function serveHanging() {
  const hanging: ServerResponse[] = [];
  const seen = Promise.withResolvers<void>();
  const url = await serve((_request, response) => {
    hanging.push(response);
    seen.resolve();
  });
  return { url, hanging, seen: seen.promise };
}

describe("a host that hangs", () => {
  const patient = { timeoutMs: HANG_GUARD_MS, waitMs: HANG_GUARD_MS, perHost: 4 };

  test("does not hold up the others", async () => {
    const { url: hang, hanging, seen } = await serveHanging();
    const quick = await serve((_request, response) => response.end());
    const post = openSender(patient);
    const halt = new AbortController();
    const waiting = Promise.all(Array.from({ length: 100 }, () => post(hang, halt.signal)));
    await seen;
    const others = await Promise.all(Array.from({ length: 100 }, () => post(quick)));
    expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(["accepted"]));
    await expect.poll(() => hanging.length).toBe(4);
    halt.abort();
    // Four had left; the others were still waiting for a connection, and nothing of them has left.
    const outcomes = (await waiting).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "unknown")).toHaveLength(4);
    expect(outcomes.filter((outcome) => outcome === "unsent")).toHaveLength(96);
  });

  test("is waited for by nobody for longer than they may, and that is no attempt", async () => {
    const { url, seen } = await serveHanging();
    const post = openSender({ ...patient, waitMs: 1_000, perHost: 1 });
    const halt = new AbortController();
    const first = post(url, halt.signal);
    await seen;
    expect(await Promise.race([first, post(url)])).toMatchObject({ outcome: "unsent", retryAfterMs: 5_000 });
    halt.abort();
    expect(await first).toMatchObject({ outcome: "unknown" });
  });

  test("is not waited for at all once it has answered nothing for seconds, and is again once it answers", async () => {
    const { url, hanging, seen } = await serveHanging();
    let now = NOW;
    const post = openSender({ ...patient, perHost: 1, now: () => now });
    const first = post(url);
    await seen;
    now += 2_001;
    expect(await Promise.race([first, post(url)])).toMatchObject({ outcome: "unsent" });
    hanging[0]?.end();
    expect(await first).toMatchObject({ outcome: "accepted" });
    const second = post(url);
    await expect.poll(() => hanging.length).toBe(2);
    hanging[1]?.end();
    expect(await second).toMatchObject({ outcome: "accepted" });
  });

  test("is tried with one request at a time after it was left alone", async () => {
    const { url, hanging } = await serveHanging();
    let now = NOW;
    const post = openSender({ perHost: 4, timeoutMs: 400, now: () => now });
    await Promise.all(Array.from({ length: 4 }, () => post(url)));
    expect(await post(url)).toMatchObject({ outcome: "deferred", retryAfterMs: 10_000 });
    now += 10_001;
    await Promise.all(Array.from({ length: 4 }, () => post(url)));
    expect(hanging).toHaveLength(5);
  });

  test("keeps no connection of what was given up", async () => {
    const closed: Promise<unknown>[] = [];
    const url = await serve((request) => closed.push(once(request.socket, "close")));
    const post = openSender({ timeoutMs: 400, perHost: 2 });
    await Promise.all([post(url), post(url)]);
    expect(closed).toHaveLength(2);
    await Promise.all(closed);
  });
});

test("what comes to its turn too late does not leave: the process was held up meanwhile", async () => {
  const { url, hanging, seen } = await serveHanging();
  let now = NOW;
  const post = openSender({ timeoutMs: HANG_GUARD_MS, perHost: 1, now: () => now });
  const first = post(url);
  const second = post(url);
  await seen;
  now += 60_000;
  hanging[0]?.end();
  expect(await first).toMatchObject({ outcome: "accepted" });
  expect(await second).toMatchObject({ outcome: "unsent" });
  expect(hanging).toHaveLength(1);
});

test("a connection that the host ended while idle costs no request", async () => {
  const sockets: Socket[] = [];
  const url = await serve((request, response) => {
    sockets.push(request.socket);
    response.end();
  });
  const post = openSender({ perHost: 1, timeoutMs: HANG_GUARD_MS });
  for (let n = 1; n <= 5; n += 1) {
    expect(await post(url)).toMatchObject({ outcome: "accepted" });
    const closed = once(sockets.at(-1) as Socket, "close");
    sockets.at(-1)?.end();
    await closed;
  }
  expect(new Set(sockets).size).toBe(5);
});

test("what meets a connection that is just ending is not sent again unless nothing of it had left", async () => {
  const sockets: Socket[] = [];
  const url = await serve((request, response) => {
    sockets.push(request.socket);
    response.end();
  });
  const post = openSender({ perHost: 1, timeoutMs: HANG_GUARD_MS });
  let unknown = 0;
  for (let n = 0; n < 30; n += 1) {
    const { outcome } = await post(url);
    sockets.at(-1)?.end();
    expect(["accepted", "unknown"]).toContain(outcome);
    if (outcome === "unknown") unknown += 1;
  }
  expect(sockets.length).toBeGreaterThanOrEqual(30 - unknown);
  expect(sockets.length).toBeLessThanOrEqual(30);
});

test("a receiver that ends each connection by its answer is answered on a new one", async () => {
  let requests = 0;
  const url = await serve((_request, response) => {
    requests += 1;
    response.writeHead(200, { connection: "close" }).end();
  });
  const post = openSender({ perHost: 2, timeoutMs: HANG_GUARD_MS });
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(url)));
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["accepted"]));
  expect(requests).toBe(10);
});
