import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { portOwner } from "#lib/operation/port-owner.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { limitConnections, REQUEST_TIMES } from "./connections.ts";
import { demandTls } from "./serve/headers.ts";

type Address = Pick<Environment, "port" | "host">;

export interface Running {
  /** Where it answers. */
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets those under way finish, and closes the database. */
  close(): Promise<void>;
}

/** A port that is taken, before there is anything to answer with. */
export interface ReservedPort extends Running {
  /** From now on requests are answered by this. */
  answerWith(listener: RequestListener): void;
}

/**
 * Takes the port first of all, so that nothing has been written when somebody else has it. Whoever asks meanwhile is
 * told to come back.
 * @throws when the port cannot be had, with who has it and what to do
 */
export async function reservePort(environment: Address): Promise<ReservedPort> {
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { "content-type": "text/plain; charset=utf-8", "retry-after": "1" });
    response.end("Candor is starting.\n");
  };
  const server = createServer(REQUEST_TIMES, (request, response) => {
    demandTls(request, response);
    answer(request, response);
  });
  return {
    ...(await listening(server, environment)),
    answerWith(listener) {
      answer = listener;
    },
  };
}

/** How long answers that are under way when a server is closed may take, in milliseconds. */
const GRACE_MS = 5_000;

/** How often connections that have become idle meanwhile are closed, in milliseconds. */
const SWEEP_MS = 50;

/** Has a server listen. What it closes is the server alone, with every connection to it. */
export async function listening(server: Server, environment: Address): Promise<Running> {
  const idle = limitConnections(server);
  await listen(server, environment);
  const { port } = server.address() as AddressInfo;
  const shown = environment.host === "0.0.0.0" || environment.host === "::" ? "localhost" : environment.host;
  return {
    url: `http://${shown}:${port}`,
    port,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      // Browsers open some ahead of any need: Node takes those for busy until the time for a first request is over.
      for (const socket of idle) socket.destroy();
      const sweeping = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearInterval(sweeping);
      clearTimeout(grace);
    },
  };
}

function listen(server: Server, { port, host }: Address): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      fail(Object.assign(new Error(refusalOf(error, port, host), { cause: error }), { code: error.code })),
    );
    server.listen(port, host, () => done());
  });
}

/** Why nobody can listen there, and what to do. */
function refusalOf({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case "EADDRINUSE": {
      const owner = portOwner(port);
      return owner
        ? `Port ${port} is in use (by process ${owner.pid}, “${owner.name}”). Set PORT to another, or stop that process.`
        : `Port ${port} is in use (by which process cannot be seen from here). Set PORT to another, or stop what listens there.`;
    }
    case "EACCES":
      return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is “${host}”, which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0, or leave it out.`;
    default:
      return message;
  }
}
