import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { email } from "#lib/delivery/channels/email/email.ts";
import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import { NEVER_MS } from "#tests/hang-guard.ts";
import type { Behaviour, World } from "./world.ts";

const NOW = Date.parse("2026-01-05T12:00:00Z");

/** A real SMTP server on loopback that behaves as told, and a transport that sends to it. */
export async function mailWorld(behaviour: Behaviour, timeoutMs = NEVER_MS): Promise<World> {
  const received: World["received"] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    closeTimeout: 50,
    onRcptTo: (_address, _session, done) => done(behaviour === "gone" ? reply(550, "5.1.1 User unknown") : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({ to: recipientsOf(session), content: Buffer.concat(chunks).toString() });
        if (behaviour === "drop") for (const each of server.connections) (each as unknown as Dropped)._socket.destroy();
        if (behaviour === "defer") done(reply(451, "4.7.1 Greylisted, try again in 300 seconds"));
        if (behaviour === "refuse") done(reply(554, "5.7.1 We do not like this content"));
        if (behaviour === "accept") done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const transport = openEmail({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    folder: "unused",
    from: () => ({ name: "Example Cloud", address: "notices@status.example.com" }),
    timeoutMs,
    now: () => NOW,
  });
  return {
    channel: email,
    transport,
    address: (n) => `customer${n}@example.org`,
    received,
    close: async () => {
      await transport.close();
      for (const each of server.connections) (each as unknown as Dropped)._socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What the server keeps of a connection; dropping one is not part of its public face. */
interface Dropped {
  readonly _socket: { destroy(): void };
}

const reply = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

const recipientsOf = ({ envelope }: SMTPServerSession) => envelope.rcptTo.map(({ address }) => address);
