import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Behaviour, BehaviourOf, Log, Receipt } from "./receipt.ts";

/** A web server of our own, on bare sockets, so that every byte and every reset is in our hands. */
export interface HttpReceiver extends AsyncDisposable {
  readonly url: string;
  /** Connections that are open at this moment. */
  readonly sockets: ReadonlySet<Socket>;
}

export async function openHttpReceiver(log: Log, behaviourOf: BehaviourOf): Promise<HttpReceiver> {
  const sockets = new Set<Socket>();
  let url = "";
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    read(
      socket,
      (path) => behaviourOf(`${url}${path}`),
      (request, behaviour) => {
        const { path, startedAt, headers, body } = request;
        const receipt: Receipt = {
          to: `${url}${path}`,
          startedAt,
          completeAt: Date.now(),
          headers,
          body,
          answered: "nothing",
        };
        log.push(receipt);
        behave(socket, behaviour, receipt);
      },
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function behave(socket: Socket, behaviour: Behaviour, receipt: Receipt): void {
  if (behaviour.kind === "answer") {
    setTimeout(() => answer(socket, behaviour, receipt), behaviour.afterMs);
  } else if (behaviour.kind === "hang") {
    setTimeout(() => socket.destroy(), behaviour.forMs).unref();
  } else {
    socket.resetAndDestroy();
  }
}

function answer(socket: Socket, behaviour: Behaviour & { kind: "answer" }, receipt: Receipt): void {
  if (!socket.writable || socket.readableEnded || socket.destroyed) return;
  const { status, retryAfter } = behaviour;
  const later = retryAfter === undefined ? "" : `Retry-After: ${retryAfter}\r\n`;
  receipt.answered = status < 300 ? "taken" : "refused";
  socket.write(`HTTP/1.1 ${status} Said\r\n${later}Content-Length: 0\r\n\r\n`);
}

interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly startedAt: number;
}

const HEAD_END = "\r\n\r\n";

/** Reads requests one after the other; how each is met is decided when its head is there, and once. */
function read(
  socket: Socket,
  meet: (path: string) => Behaviour,
  onWhole: (request: Request, behaviour: Behaviour) => void,
): void {
  let held = "";
  let startedAt = 0;
  let met: Behaviour | undefined;
  socket.on("data", (chunk: Buffer) => {
    if (held === "") startedAt = Date.now();
    // One byte is one character, so that lengths are those of the wire.
    held += chunk.toString("latin1");
    for (;;) {
      const end = held.indexOf(HEAD_END);
      if (end < 0) return;
      const [first = "", ...lines] = held.slice(0, end).split("\r\n");
      const headers = Object.fromEntries(lines.map(headerOf));
      const path = first.split(" ")[1] ?? "";
      const from = end + HEAD_END.length;
      const until = from + Number(headers["content-length"] ?? 0);
      met ??= meet(path);
      if (held.length < until) {
        if (met.kind === "cut-before") socket.resetAndDestroy();
        return;
      }
      onWhole({ path, headers, body: held.slice(from, until), startedAt }, met);
      met = undefined;
      held = held.slice(until);
    }
  });
}

function headerOf(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
