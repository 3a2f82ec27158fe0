import { createECDH } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import webPush from "web-push";
import { channels } from "#lib/delivery/channels/channels.ts";
import { openIncoming } from "#lib/delivery/channels/chat/incoming.ts";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { openWebPush } from "#lib/delivery/channels/webpush.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { NEVER_MS } from "#tests/hang-guard.ts";
import type { Behaviour, World } from "./world.ts";

const vapid = { subject: "mailto:operator@example.com", ...webPush.generateVAPIDKeys() };

/** A browser's keys; all browsers of these worlds share them. */
const browser = createECDH("prime256v1");
browser.generateKeys();
const keys = { p256dh: browser.getPublicKey("base64url"), auth: Buffer.from("sixteen bytes ok").toString("base64url") };

/** A real HTTP server on loopback that behaves as told, and a channel's transport that posts to it. */
export async function httpWorld(name: ChannelName, behaviour: Behaviour, timeoutMs = NEVER_MS): Promise<World> {
  const received: World["received"] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ to: [request.url ?? ""], content: Buffer.concat(chunks).toString() });
      answer(response, behaviour);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const sender = new HttpSender({ allowPrivateTargets: true, timeoutMs, now: Date.now });
  return {
    channel: channels[name],
    transport: transportOf(name, sender),
    address: (n) => {
      const url = `http://127.0.0.1:${port}/hook/${n}`;
      return name === "webpush" ? JSON.stringify({ endpoint: url, keys }) : url;
    },
    received,
    close: async () => {
      await sender.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function transportOf(name: ChannelName, sender: HttpSender): Transport {
  if (name === "webhook") return openWebhook(sender, Date.now);
  if (name === "webpush") return openWebPush(sender, vapid, Date.now);
  return openIncoming(sender, Date.now);
}

function answer(response: ServerResponse, behaviour: Behaviour): void {
  if (behaviour === "accept") response.writeHead(204).end();
  if (behaviour === "defer") response.writeHead(503, { "retry-after": "120" }).end("later");
  if (behaviour === "refuse") response.writeHead(400).end("invalid_payload");
  if (behaviour === "gone") response.writeHead(410).end();
  if (behaviour === "drop") response.socket?.destroy();
}
