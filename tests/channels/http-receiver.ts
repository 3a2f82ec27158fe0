import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { answerOf } from "#lib/delivery/channels/http/answers.ts";
import { HttpSender, type SenderSettings } from "#lib/delivery/channels/http/sender.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { NEVER_MS } from "#tests/hang-guard.ts";

export const NOW = Date.parse("2026-01-05T12:00:00Z");

const closers: (() => Promise<unknown>)[] = [];

/** Ends every server and sender of a test. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}
afterEach(closeAll);

/** A receiver on the loopback. @returns its address */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What posts to a path of a receiver, as webhooks do. */
export function openSender(settings: Partial<SenderSettings> = {}) {
  const sender = new HttpSender({ allowPrivateTargets: true, timeoutMs: NEVER_MS, now: () => NOW, ...settings });
  closers.push(() => sender.close());
  return async (url: string, signal = new AbortController().signal): Promise<Answer> => {
    const ending = await sender.post({ url: `${url}/hook`, headers: {}, body: '{"a":1}' }, signal);
    return answerOf(ending, (status) => status === 410, NOW);
  };
}
