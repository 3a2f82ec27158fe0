import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a server for a path exactly as it is written: no client tidies it up on the way. */
export function ask(base: string, path: string, { method = "GET", headers = {} }: Question = {}): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((done, fail) => {
    request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", fail);
      response.on("end", () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    })
      .on("error", fail)
      .end();
  });
}

/** Sends bytes to a server and gives the first line of what comes back. */
export function send(base: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((done, fail) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.end(Buffer.from(bytes, "latin1")));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", fail);
    socket.on("close", () => done(Buffer.concat(parts).toString().split("\r\n")[0] ?? ""));
  });
}
