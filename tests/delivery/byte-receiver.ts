import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** What a receiver does with what has arrived whole. `hang` answers when it is let go. */
export type Mode = "accept" | "refuse" | "slow" | "hang";

/** One arrival, by the receiver's own log. */
interface Arrival {
  /** When its first byte came and when its last, in milliseconds since the epoch. */
  readonly from: number;
  to?: number;
  /** When it was answered. */
  answered?: number;
  /** The message's own id, of what came whole. */
  id?: string;
}

const SLOW_MS = 150;

/**
 * A web server and a mail server on bare sockets that note every message from its first byte on, by the last part of the
 * path or the name before the “@”. They share no code with what sends, and know nothing of what is recorded there.
 */
export class ByteReceiver implements AsyncDisposable {
  mode: Mode = "accept";
  /** Of each name, what came, in order. */
  readonly arrivals = new Map<string, Arrival[]>();
  readonly #held: (() => void)[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #servers: readonly [http: Server, smtp: Server];
  readonly #heard = new Set<() => void>();

  constructor() {
    this.#servers = [
      createServer((socket) => this.#http(this.#kept(socket))),
      createServer((socket) => this.#smtp(this.#kept(socket))),
    ];
  }

  async listen(): Promise<this> {
    for (const server of this.#servers) await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
    return this;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${(this.#servers[0].address() as AddressInfo).port}`;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${(this.#servers[1].address() as AddressInfo).port}`;
  }

  /** How many messages have come whole. */
  get whole(): number {
    return [...this.arrivals.values()].flat().filter(({ to }) => to !== undefined).length;
  }

  /** Waits until so many messages have begun to arrive, or hang before their content. */
  async seen(many: number): Promise<void> {
    while (this.arrivals.size + this.#held.length < many) await new Promise<void>((done) => this.#heard.add(done));
  }

  /** Answers everything that hangs, and from now on at once. */
  letGo(): void {
    this.mode = "accept";
    for (const answer of this.#held.splice(0)) answer();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) await new Promise<void>((done) => server.close(() => done()));
  }

  #kept(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    return socket;
  }

  #hear(): void {
    for (const done of this.#heard) done();
    this.#heard.clear();
  }

  #begin(name: string): Arrival {
    const arrival: Arrival = { from: Date.now() };
    this.arrivals.set(name, [...(this.arrivals.get(name) ?? []), arrival]);
    this.#hear();
    return arrival;
  }

  #answer(accept: () => void, refuse: () => void): void {
    if (this.mode === "slow") setTimeout(accept, SLOW_MS);
    else if (this.mode === "refuse") refuse();
    else if (this.mode === "accept") accept();
    else this.#hang(accept);
  }

  #hang(answer: () => void): void {
    this.#held.push(answer);
    this.#hear();
  }

  #http(socket: Socket): void {
    let text = "";
    let arrival: Arrival | undefined;
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (;;) {
        const path = /^POST (\S+) /.exec(text)?.[1];
        if (path !== undefined) arrival ??= this.#begin(path.split("/").at(-1) ?? "");
        const head = text.indexOf("\r\n\r\n");
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
        if (!arrival || head < 0 || text.length < head + 4 + length) return;
        arrival.to = Date.now();
        arrival.id = /\r\nwebhook-id: (\S+)/i.exec(text)?.[1] ?? "";
        const whole = arrival;
        arrival = undefined;
        text = text.slice(head + 4 + length);
        const say = (status: number) => {
          whole.answered = Date.now();
          socket.write(`HTTP/1.1 ${status} Said\r\ncontent-length: 0\r\n\r\n`);
        };
        this.#answer(
          () => say(200),
          () => say(400),
        );
      }
    });
  }

  #smtp(socket: Socket): void {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let text = "";
    let name = "";
    let isContent = false;
    let arrival: Arrival | undefined;
    const onContent = (content: string) => {
      if (arrival) {
        arrival.to = Date.now();
        arrival.id = /^Message-ID: <([^@>]+)@/im.exec(content)?.[1] ?? "";
      }
      [arrival, isContent] = [undefined, false];
      this.#answer(
        () => say("250 taken"),
        () => say("554 5.7.1 no"),
      );
    };
    const onRecipient = (line: string) => {
      name = /<([^@]+)@/.exec(line)?.[1] ?? "";
      // Some hang before their content, some after it.
      const isEarly = this.mode === "hang" && Number(/\d+/.exec(name)?.[0]) % 2 === 0;
      if (isEarly) this.#hang(() => say("250 ok"));
      else say("250 ok");
    };
    const onCommand = (line: string) => {
      const command = line.slice(0, 4).toUpperCase();
      if (command === "RCPT") return onRecipient(line);
      isContent = command === "DATA";
      return say({ EHLO: "250 here", DATA: "354 go on", QUIT: "221 bye" }[command] ?? "250 ok");
    };
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      while (text !== "") {
        if (isContent) arrival ??= this.#begin(name);
        const end = text.indexOf(isContent ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isContent ? 5 : 2));
        if (isContent) onContent(line);
        else onCommand(line);
      }
    });
    say("220 ready");
  }
}
