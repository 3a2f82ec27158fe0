import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { limitConnections } from "#lib/web/connections.ts";

/** A server that never was asked to listen, and connections to it from any address. */
function guarded(limits: Parameters<typeof limitConnections>[1]) {
  const server = createServer();
  limitConnections(server, limits);
  return (address: string): Socket => {
    const socket = new Socket();
    Object.defineProperty(socket, "remoteAddress", { value: address });
    server.emit("connection", socket);
    return socket;
  };
}

const open = (sockets: readonly Socket[]) => sockets.filter(({ destroyed }) => !destroyed).length;
const many = (of: (n: number) => string, from: (address: string) => Socket) =>
  Array.from({ length: 30 }, (_, n) => from(of(n)));

test.each([
  ["a /64", (n: number) => `2001:db8:0:1::${n}`, 4],
  ["the /64s of a /56", (n: number) => `2001:db8:0:${n}::1`, 8],
  ["the /56s of a /48", (n: number) => `2001:db8:0:${n}00::1`, 16],
  ["a /24", (n: number) => `203.0.113.${n}`, 4],
  ["many networks", (n: number) => `203.0.${n}.1`, 30],
  ["a proxy on this machine", () => "127.0.0.1", 30],
])("so many connections are open from %s, and one that closes makes room", async (_, of, most) => {
  const from = guarded({ perNetwork: 4, mostIdle: 100 });
  const all = many(of, from);
  expect(open(all)).toBe(most);
  all[0]?.destroy();
  await once(all[0] as Socket, "close");
  expect(from(of(0)).destroyed).toBe(false);
});

test("a connection that never says anything is closed, and one that waits for its answer is not", async () => {
  const server = createServer((_request, response) => {
    server.once("enough", () => response.end("all of it"));
  });
  limitConnections(server, { silentMs: 50 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const answer = fetch(`http://127.0.0.1:${port}/`);
  await once(server, "request");
  const silent = connect(port, "127.0.0.1");
  await once(silent, "close");
  server.emit("enough");
  expect(await (await answer).text()).toBe("all of it");
});

test("of connections that ask for nothing the oldest makes room; one that is being answered stays", async () => {
  const asked = Promise.withResolvers<void>();
  const server: Server = createServer((_request, response) => {
    asked.resolve();
    server.once("enough", () => response.end("all of it"));
  });
  limitConnections(server, { mostIdle: 3 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const answer = fetch(`http://127.0.0.1:${port}/`);
  await asked.promise;
  const idle: Socket[] = [];
  for (let n = 0; n < 5; n += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    await once(socket, "connect");
    idle.push(socket);
  }
  await Promise.all(idle.slice(0, 2).map(async (socket) => socket.closed || (await once(socket, "close"))));
  server.emit("enough");
  expect(await (await answer).text()).toBe("all of it");
  expect(idle.slice(3).map(({ destroyed }) => destroyed)).toEqual([false, false]);
});
