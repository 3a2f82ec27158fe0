import type { Socket } from "node:net";
import { type buildConnector, Client } from "undici";
import type { Connection } from "../connections.ts";
import { Exchange, type HttpEnding, type Limits } from "./exchange.ts";

/** What is posted to a host. */
export interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** How long a connection that nobody has used yet is kept, in milliseconds; undici closes those that were after as long. */
const UNUSED_MS = 4_000;

/** Why a request found its connection ended. */
const ENDED = "ERR_CONNECTION_ENDED";

/**
 * One connection to one host, on undici's client. The client gets a socket that stands already, and no second one: what it
 * is handed leaves at once or not at all, and a closed one can neither connect anew nor repeat a request.
 */
export class HttpConnection implements Connection<NodeJS.ErrnoException> {
  readonly #url: URL;
  readonly #connect: buildConnector.connector;
  readonly #onEnd: () => void;
  #socket: Socket | undefined;
  #client: Client | undefined;
  #isOpen = false;
  #isGiven = false;
  #isClosed = false;
  #uses = 0;

  constructor(origin: string, connect: buildConnector.connector, onEnd: () => void) {
    this.#url = new URL(origin);
    this.#connect = connect;
    this.#onEnd = onEnd;
  }

  get isOpen(): boolean {
    return this.#isOpen && !this.#isClosed;
  }

  open(): Promise<NodeJS.ErrnoException | undefined> {
    const { host, hostname, port, protocol } = this.#url;
    const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>();
    const bare = hostname.replace(/^\[|\]$/g, "");
    // Undici's connector gives its socket back at once, which its types do not say.
    const socket = this.#connect({ host, hostname: bare, port, protocol }, (...[error]) => {
      if (error || this.#isClosed) return resolve(error ?? ended());
      this.#isOpen = true;
      socket.setTimeout(UNUSED_MS, () => this.#client === undefined && socket.destroy());
      return resolve(undefined);
    }) as unknown as Socket;
    this.#socket = socket;
    socket.once("close", () => {
      resolve(ended());
      if (this.isOpen) this.#onEnd();
    });
    return promise;
  }

  /** Sends one request. It leaves at once, or not at all; one at a time. */
  send({ path, headers, body }: Post, limits: Limits): Exchange {
    const exchange = new Exchange(limits, () => this.close());
    this.#uses += 1;
    this.#client ??= this.#clientOf();
    this.#client.dispatch({ method: "POST", path, headers, body }, exchange);
    return exchange;
  }

  /** Whether the end of its last request says nothing of the host: it had ended a connection that carried others before. */
  isStale(ending: HttpEnding): boolean {
    return this.#uses > 1 && ending.kind === "silent" && !ending.left && ending.detail === ENDED;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#client?.destroy(ended(), () => undefined);
    this.#socket?.destroy();
  }

  #clientOf(): Client {
    this.#socket?.setTimeout(0);
    return new Client(this.#url.origin, {
      pipelining: 1,
      allowH2: false,
      // One clock of our own, for the whole of it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, done) => {
        const socket = this.#isGiven ? undefined : this.#socket;
        this.#isGiven = true;
        queueMicrotask(() => (socket && !socket.destroyed ? done(null, socket) : done(ended(), null)));
      },
    });
  }
}

const ended = () => Object.assign(new Error("The connection has ended."), { code: ENDED });
