import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail server and a web server that take everything, in a process of their own; their ports go to who started it. */
const smtp = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  logger: false,
  onData: (stream, _session, done) => {
    stream.on("end", done);
    stream.resume();
  },
});
smtp.on("error", () => undefined);

const http = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(204).end());
});

await Promise.all([
  new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve)),
  new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve)),
]);
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
process.send?.({ smtp: portOf(smtp.server), http: portOf(http) });
process.on("disconnect", () => process.exit());
