import { connect, type Socket } from "node:net";

/** Connections that wait for news, as cheap as they can be: all of the machine is the server's. */
export interface Crowd {
  /** How many are connected. */
  readonly connected: () => number;
  /** When the last of all of them has heard of the next news, on this process's clock in milliseconds. */
  nextHeard(): Promise<number>;
  close(): void;
}

/** As many connect at a time. */
const AT_ONCE = 200;

/** Opens connections to `/live`. */
export async function gather(port: number, count: number): Promise<Crowd> {
  const sockets: Socket[] = [];
  let connected = 0;
  let heard = 0;
  let done: (() => void) | undefined;
  const open = () =>
    new Promise<void>((ready, fail) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("GET /live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
      });
      sockets.push(socket);
      socket.once("error", fail);
      socket.once("data", () => {
        connected += 1;
        ready();
      });
      socket.on("data", (part: Buffer) => {
        if (!part.includes("event: incident")) return;
        heard += 1;
        if (heard === count) done?.();
      });
    });
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, open));
  }
  return {
    connected: () => connected,
    async nextHeard() {
      heard = 0;
      await new Promise<void>((resolve) => {
        done = resolve;
      });
      return performance.now();
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
