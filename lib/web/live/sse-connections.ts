import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Site } from "#lib/model/site.ts";
import { COMMON_HEADERS, OPEN_HEADERS } from "../serve/headers.ts";
import { Stream } from "../serve/stream.ts";
import { type Asked, askedOf } from "./asked.ts";
import type { Broadcaster, Listener } from "./broadcaster.ts";
import { ConnectionLimits } from "./connection-limits.ts";
import { frame } from "./frame.ts";
import type { Recorder } from "./recorder.ts";

/** Connections that one server holds open, and wallboards among them. More have to ask again later. */
const MOST = 20_000;
const MOST_BOARDS = 5_000;

/** How soon a browser that was cut off comes back, in milliseconds. */
const RETRY_MS = 2_000;

export interface SseConnectionsOptions {
  readonly broadcaster: Broadcaster;
  readonly recorder: Recorder;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
  /** Nothing before the first look at the store. */
  readonly site: () => Site | undefined;
  /** Whether what everybody has is all there is, as far as this server can say. */
  readonly isSure: () => boolean;
}

interface Connection {
  readonly stream: Stream;
  readonly listener: Listener;
}

/** The connections to `/live`, each with what it asked for. */
export class SseConnections {
  readonly #options: SseConnectionsOptions;
  readonly #connections = new Set<Connection>();
  readonly #limits = new ConnectionLimits();
  readonly #server = randomUUID().slice(0, 8);
  #opened = 0;
  #boards = 0;
  /** How many connections each wallboard has: a new one may come before the old one is known to be gone. */
  readonly #perBoard = new Map<string, number>();

  constructor(options: SseConnectionsOptions) {
    this.#options = options;
  }

  /** Answers a request for `/live`. */
  take(request: IncomingMessage, response: ServerResponse): void {
    if (request.method === "OPTIONS") refuse(response, 204, "");
    else if (request.method !== "GET") refuse(response, 405, "Only GET is answered.", { allow: "GET, OPTIONS" });
    else {
      this.#answer(request, response).catch((error: unknown) => {
        this.#options.onError(error);
        response.destroy();
      });
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const site = this.#options.site();
    const asked = site && askedOf(request, site);
    if (asked && "error" in asked) {
      refuse(response, 404, asked.error);
      return;
    }
    const isBoard = asked?.board !== undefined;
    const isFull = this.#connections.size >= MOST || (isBoard && this.#boards >= MOST_BOARDS);
    if (!asked || isFull) {
      refuse(response, 503, "Too many are connected. Ask again in a moment.", { "retry-after": "30" });
      return;
    }
    const wait = await this.#limits.count(request, isBoard);
    if (wait === undefined) this.#open(request, response, asked);
    else refuse(response, 429, "Too many connections from your network.", { "retry-after": String(wait) });
  }

  #open(request: IncomingMessage, response: ServerResponse, { components, board, after }: Asked): void {
    const { broadcaster, recorder, clock, onError } = this.#options;
    const stream = new Stream(request, response);
    this.#opened += 1;
    const name = `${this.#server}.${this.#opened}`;
    const listener: Listener = {
      asked: components,
      ...(board === undefined ? {} : { board, line: name }),
      write: (text) => stream.write(text, clock()),
      end: () => stream.end(),
    };
    const connection = { stream, listener };
    this.#connections.add(connection);
    if (board !== undefined) this.#count(board, 1);
    stream.onDrain(() => broadcaster.drained(listener));
    let isOpen = true;
    stream.onClose(() => {
      isOpen = false;
      this.#connections.delete(connection);
      const cursor = broadcaster.close(listener);
      if (board === undefined) return;
      this.#count(board, -1);
      const stays = this.#perBoard.has(board);
      recorder.note({ board, fact: { kind: "closed", line: name, after: cursor }, stays }).catch(onError);
    });
    stream.write(`retry: ${RETRY_MS}\n\n`, clock());
    if (board === undefined) {
      this.#greet(stream);
      broadcaster.open(listener, after);
      return;
    }
    const fact = { kind: "opened", line: name, components, ...(after === undefined ? {} : { after }) } as const;
    recorder.note({ board, fact }).then(
      () => {
        if (!isOpen) return;
        // Its screen says that it is current, once it has it.
        if (broadcaster.isHeld) this.#greet(stream);
        broadcaster.open(listener, after);
      },
      (error: unknown) => {
        // Nothing is pushed that could not be put on record.
        onError(error);
        stream.end();
      },
    );
  }

  #count(board: string, by: 1 | -1): void {
    this.#boards += by;
    const count = (this.#perBoard.get(board) ?? 0) + by;
    if (count === 0) this.#perBoard.delete(board);
    else this.#perBoard.set(board, count);
  }

  /** Says that a new connection is good; while that is not sure it hears nothing, and goes on showing so. */
  #greet(stream: Stream): void {
    if (this.#options.isSure()) stream.write(this.#hello(), this.#options.clock());
  }

  /** Says that connections are good and what they are sent is current. */
  beat(): void {
    const { clock } = this.#options;
    const text = this.#hello();
    for (const { stream } of this.#connections) if (!stream.isStuck(clock())) stream.write(text, clock());
  }

  /** `spread`: over how many milliseconds pages should look anew, so that they do not all do at once. */
  #hello(): string {
    const { broadcaster } = this.#options;
    const spread = Math.min(30_000, this.#connections.size);
    return frame("beat", JSON.stringify({ spread, ...(broadcaster.isHeld ? { held: true } : {}) }));
  }

  /** Ends every connection; browsers come back by themselves, to whatever answers then. */
  async close(): Promise<void> {
    const all = [...this.#connections];
    await Promise.all(
      all.map(({ stream }) => {
        const closed = new Promise<void>((done) => stream.onClose(done));
        stream.end();
        return Promise.race([closed, new Promise<void>((done) => setTimeout(done, 1_000).unref())]);
      }),
    );
  }
}

function refuse(response: ServerResponse, status: number, error: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    ...COMMON_HEADERS,
    ...OPEN_HEADERS,
    "access-control-allow-methods": "GET, OPTIONS",
    "access-control-allow-headers": "*",
    "cache-control": "no-store",
    ...(error === "" ? {} : { "content-type": "application/json; charset=utf-8" }),
    ...headers,
  });
  response.end(error === "" ? undefined : `${JSON.stringify({ error })}\n`);
}
