import type { IncomingMessage, ServerResponse } from "node:http";
import { COMMON_HEADERS, OPEN_HEADERS } from "./headers.ts";

/** Everything that a connection for server-sent events answers with at once. */
const HEADERS = {
  ...COMMON_HEADERS,
  ...OPEN_HEADERS,
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  // Proxies that collect answers before they pass them on would hold everything back.
  "x-accel-buffering": "no",
};

/** How long the other side may take nothing before it is given up, in milliseconds. */
const PATIENCE_MS = 60_000;

/** An answer that goes on: server-sent events, written as fast as the other side takes them. */
export class Stream {
  readonly #response: ServerResponse;
  #fullSince: number | undefined;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, HEADERS);
    response.flushHeaders();
    // A connection that is gone without a word is noticed.
    request.socket.setKeepAlive(true, 30_000);
    response.on("error", () => response.destroy());
  }

  /** @returns false when the other side takes no more for now */
  write(text: string, now: number): boolean {
    const isTaken = this.#response.write(text);
    if (!isTaken) this.#fullSince ??= now;
    return isTaken;
  }

  onDrain(then: () => void): void {
    this.#response.on("drain", () => {
      this.#fullSince = undefined;
      then();
    });
  }

  onClose(then: () => void): void {
    this.#response.once("close", then);
  }

  /** Gives it up if it has taken nothing for too long. @returns whether it is full */
  isStuck(now: number): boolean {
    if (this.#fullSince === undefined) return false;
    if (now - this.#fullSince > PATIENCE_MS) this.#response.destroy();
    return true;
  }

  end(): void {
    this.#response.end();
  }
}
