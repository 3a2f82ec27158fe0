import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { Behaviour, BehaviourOf, Log, Receipt } from "./receipt.ts";

/** A mail server without STARTTLS that treats each mailbox as it is told to. */
export interface MailReceiver extends AsyncDisposable {
  readonly url: string;
}

export async function openMailReceiver(log: Log, behaviourOf: BehaviourOf): Promise<MailReceiver> {
  /** What was decided for the mail under way in a session. */
  const met = new Map<string, Behaviour>();
  const smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    closeTimeout: 50,
    disableReverseLookup: true,
    onRcptTo: ({ address }, session, done) => {
      const behaviour = behaviourOf(address);
      met.set(session.id, behaviour);
      if (behaviour.kind !== "answer" || behaviour.status < 400) return done();
      const { status } = behaviour;
      return done(Object.assign(new Error(WORDS[status] ?? "Not now"), { responseCode: status }));
    },
    onData: (stream, session, done) => {
      const startedAt = Date.now();
      const behaviour = met.get(session.id);
      const chunks: Buffer[] = [];
      if (behaviour?.kind === "cut-before") {
        stream.resume();
        return socketOf(smtp, session)?.destroy();
      }
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const receipt: Receipt = {
          to: session.envelope.rcptTo.map(({ address }) => address).join(" "),
          startedAt,
          completeAt: Date.now(),
          headers: {},
          body: Buffer.concat(chunks).toString("latin1"),
          answered: "nothing",
        };
        log.push(receipt);
        if (behaviour?.kind === "cut-after") return socketOf(smtp, session)?.destroy();
        if (behaviour?.kind === "hang") {
          return void setTimeout(() => socketOf(smtp, session)?.destroy(), behaviour.forMs).unref();
        }
        return void setTimeout(() => {
          const socket = socketOf(smtp, session);
          if (!socket?.writable || socket.readableEnded || socket.destroyed) return;
          receipt.answered = "taken";
          done();
        }, behaviour?.afterMs ?? 0);
      });
      return undefined;
    },
  });
  smtp.on("error", () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const each of connectionsOf(smtp)) each._socket.destroy();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

const WORDS: Readonly<Record<number, string>> = {
  421: "4.3.2 Closing",
  450: "4.2.1 Mailbox busy",
  550: "5.1.1 User unknown",
  552: "5.2.2 Mailbox full",
};

/** What the server keeps of a connection; dropping one is not part of its public face. */
interface Kept {
  readonly id: string;
  readonly _socket: Socket;
}

const connectionsOf = (server: SMTPServer) => server.connections as unknown as Iterable<Kept>;

function socketOf(server: SMTPServer, { id }: SMTPServerSession): Socket | undefined {
  for (const each of connectionsOf(server)) if (each.id === id) return each._socket;
  return undefined;
}
