import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** What a receiver took: a mail after its last byte, a request that it answered with success. */
export interface Received {
  /** Every recipient that the envelope names, or the one path. */
  readonly to: readonly string[];
  /** `<notice>.<subscription>`. */
  readonly id: string;
  /** Headers and body, less the line breaks of the transfer encoding. */
  readonly content: string;
  /** When its last byte came, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * A mail server and a web server, both real, on the loopback. An address that begins with “later” is put off once, “gone”
 * is no more, and “drop” takes a mail and hangs up; all others take everything.
 */
export interface Receivers extends AsyncDisposable {
  readonly smtpUrl: string;
  readonly hookUrl: string;
  readonly received: Received[];
}

export async function openReceivers(delayMs = 0): Promise<Receivers> {
  const received: Received[] = [];
  const tried = new Set<string>();
  /** True the first time only. */
  const isFirst = (what: string) => !tried.has(what) && tried.add(what) !== undefined;
  const slowly = (done: () => void) => (delayMs === 0 ? done() : setTimeout(done, delayMs));

  const smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    closeTimeout: 50,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith("gone")) return done(reply(550, "5.1.1 User unknown"));
      if (address.startsWith("later") && isFirst(address)) return done(reply(450, "4.2.1 Mailbox busy"));
      return done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const content = Buffer.concat(chunks).toString().replaceAll("=\r\n", "").replaceAll("=3D", "=");
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, id: /^Message-ID: <(.+)@/im.exec(content)?.[1] ?? "", content, at: Date.now() });
        if (to[0]?.startsWith("drop")) return socketOf(smtp, session)?.destroy();
        return slowly(() => done());
      });
    },
  });
  smtp.on("error", () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));

  const answer = (path: string, response: ServerResponse): boolean => {
    const name = path.split("/").at(-1) ?? "";
    const status = name.startsWith("gone") ? 410 : name.startsWith("later") && isFirst(path) ? 503 : 200;
    slowly(() => response.writeHead(status).end());
    return status === 200;
  };
  const hooks = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const content = `${JSON.stringify(request.headers)}\n${Buffer.concat(chunks)}`;
      const id = String(request.headers["webhook-id"]);
      if (answer(path, response)) received.push({ to: [path], id, content, at: Date.now() });
    });
  });
  hooks.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => hooks.listen(0, "127.0.0.1", resolve));
  return {
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    hookUrl: `http://127.0.0.1:${(hooks.address() as AddressInfo).port}`,
    received,
    [Symbol.asyncDispose]: async () => {
      hooks.closeAllConnections();
      hooks.close();
      for (const each of smtp.connections) (each as unknown as Kept)._socket.destroy();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

/** What the server keeps of a connection; dropping one is not part of its public face. */
interface Kept {
  readonly id: string;
  readonly _socket: Socket;
}

function socketOf(server: SMTPServer, { id }: SMTPServerSession): Socket | undefined {
  for (const each of server.connections as unknown as Iterable<Kept>) if (each.id === id) return each._socket;
  return undefined;
}

const reply = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
