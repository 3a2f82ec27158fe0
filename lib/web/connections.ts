import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isNear, NARROWEST, networksOf } from "#lib/access/limits/networks.ts";

/** Connections that one IPv4 /24 or one IPv6 /64 may have at a time; a /56 twice as many, a /48 four times. */
const PER_NETWORK = 500;

/** Connections that ask for nothing, of everybody together. One more, and the one that has waited longest is closed. */
const MOST_IDLE = 1_000;

/** How long a reader may take nothing of an answer that is all there, in milliseconds. */
const SLOW_MS = 60_000;

/** How long a new connection may send nothing, in milliseconds; of one that has had an answer, Node sees to it. */
const SILENT_MS = 10_000;

/** How long the headers, and all of a request, may take to arrive; how often that is looked at. In milliseconds. */
export const REQUEST_TIMES: ServerOptions = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
};

export interface ConnectionLimits {
  readonly perNetwork?: number;
  readonly mostIdle?: number;
  readonly silentMs?: number;
}

/**
 * Keeps a few senders from taking every connection that a server can have. What comes through a proxy on this machine or
 * its network is the proxy's to limit; of that, too, only so much may be idle.
 * @returns the connections that wait for a request, the one that has waited longest first
 */
export function limitConnections(server: Server, limits: ConnectionLimits = {}): ReadonlySet<Socket> {
  const { perNetwork = PER_NETWORK, mostIdle = MOST_IDLE, silentMs = SILENT_MS } = limits;
  const idle = new Set<Socket>();
  const underWay = new Map<Socket, number>();
  const used = new Map<string, number>();
  const most = perNetwork * NARROWEST;

  const wait = (socket: Socket) => {
    if (socket.destroyed) return;
    idle.add(socket);
    const [oldest] = idle;
    if (idle.size > mostIdle) oldest?.destroy();
  };
  server.on("connection", (socket: Socket) => {
    const { remoteAddress = "" } = socket;
    const networks = isNear(remoteAddress) ? [] : networksOf(remoteAddress);
    if (networks.some(({ name, cost }) => (used.get(name) ?? 0) + cost > most)) {
      socket.destroy();
      return;
    }
    for (const { name, cost } of networks) used.set(name, (used.get(name) ?? 0) + cost);
    socket.once("close", () => {
      idle.delete(socket);
      underWay.delete(socket);
      for (const { name, cost } of networks) {
        const left = (used.get(name) ?? 0) - cost;
        if (left > 0) used.set(name, left);
        else used.delete(name);
      }
    });
    socket.setTimeout(silentMs);
    wait(socket);
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.delete(socket);
    socket.setTimeout(0);
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once("prefinish", () => socket.setTimeout(SLOW_MS));
    response.once("close", () => {
      const left = (underWay.get(socket) ?? 1) - 1;
      underWay.set(socket, left);
      if (left === 0) wait(socket);
    });
  });
  return idle;
}
