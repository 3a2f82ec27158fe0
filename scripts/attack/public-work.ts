import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporary } from "#tests/e2e/support/candor.ts";
import { attacked, type Finding, type Target } from "./target.ts";

const REPORTS = 1_500;
const CARDS = 120;
const IDLE = 5_000;

/** What is dear and asked for by everybody: pictures, a long list, and connections that ask for nothing. */
export async function publicWork(): Promise<Finding> {
  using folder = temporary("attack");
  mkdirSync(join(folder.path, "incidents"));
  writeFileSync(
    join(folder.path, "site.yaml"),
    "name: Example Cloud\nurl: https://status.example.com\ncomponents: [{ id: api, name: API }]\n",
  );
  for (let n = 0; n < REPORTS; n += 1) {
    writeFileSync(join(folder.path, `incidents/report-${n}.md`), reportOf(n));
  }
  return await attacked(overload, folder.path);
}

async function overload({ server: { url } }: Target): Promise<Finding> {
  const list = await fetch(`${url}/reports`, { headers: { "accept-encoding": "identity" } });
  const listBytes = (await list.arrayBuffer()).byteLength;

  const drawing = Promise.allSettled(
    Array.from({ length: CARDS }, async (_, n) => {
      const { status, body } = await fetch(`${url}/incidents/report-${n}/card.png`);
      await body?.cancel();
      return status;
    }),
  );
  let slowest = 0;
  for (let isDrawing = true; isDrawing; ) {
    slowest = Math.max(slowest, await healthMs(url));
    isDrawing = await Promise.race([drawing.then(() => false), sleep(50, true)]);
  }
  const cards = await drawing;
  const reset = cards.filter(({ status }) => status === "rejected").length;
  const statuses = cards.map((one) => (one.status === "fulfilled" ? one.value : 0));

  const sockets = await idleSockets(Number(new URL(url).port));
  const whileIdle = await healthMs(url);
  await sleep(25_000);
  const left = sockets.filter(({ destroyed }) => !destroyed).length;
  for (const socket of sockets) socket.destroy();
  return {
    counts: {
      "bytes of /reports": listBytes,
      "cards drawn": statuses.filter((status) => status === 200).length,
      "cards told to come back": statuses.filter((status) => status === 503).length,
      "connections reset": reset,
      "slowest /healthz meanwhile, ms": Math.round(slowest),
      "idle connections made": sockets.length,
      "/healthz beside them, ms": Math.round(whileIdle),
      "idle connections left after 25 s": left,
    },
    broken: [
      ...(listBytes > 300_000 ? [`/reports has ${listBytes} bytes`] : []),
      ...(reset > 0 ? [`${reset} connections were reset`] : []),
      ...(slowest > 3_000 ? [`/healthz took ${Math.round(slowest)} ms`] : []),
      ...(left > 0 ? [`${left} connections that ask for nothing stay open`] : []),
    ],
  };
}

async function healthMs(url: string): Promise<number> {
  const begun = performance.now();
  await (await fetch(`${url}/healthz`)).text();
  return performance.now() - begun;
}

async function idleSockets(port: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  for (let n = 0; n < IDLE; n += 100) {
    const some = Array.from({ length: 100 }, () => connect(port, "127.0.0.1"));
    for (const socket of some) socket.on("error", () => socket.destroy());
    await Promise.allSettled(some.map((socket) => once(socket, "connect")));
    sockets.push(...some);
  }
  return sockets;
}

function reportOf(n: number): string {
  const day = new Date(Date.UTC(2025, 0, 1) + n * 6 * 3_600_000).toISOString();
  return `---
title: The API was slow, for the ${n}th time
impact: minor
components: [api]
updates:
  - { at: ${day}, status: resolved, body: It is over. }
report: { status: final }
---

## Summary of impact

Requests took longer than usual.
`;
}
