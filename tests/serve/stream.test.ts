import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { Stream } from "#lib/web/serve/stream.ts";

/** A stream to a client that reads when it is told to. */
async function opened() {
  const { promise, resolve } = Promise.withResolvers<[IncomingMessage, ServerResponse]>();
  const server = createServer((request, response) => resolve([request, response]));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1").pause();
  client.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  const [request, response] = await promise;
  return {
    stream: new Stream(request, response),
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

test("who sends is told when a full stream takes more again, and it is not stuck any more", async () => {
  await using open = await opened();
  const drained = new Promise<void>((done) => open.stream.onDrain(done));
  for (let sent = 0; open.stream.write("x".repeat(65_536), 1_000); sent += 1) expect(sent).toBeLessThan(10_000);
  expect(open.stream.isStuck(1_001)).toBe(true);
  open.client.resume();
  await drained;
  expect(open.stream.isStuck(1_001)).toBe(false);
});

test("a stream that takes nothing for too long is given up", async () => {
  await using open = await opened();
  const closed = new Promise<void>((done) => open.stream.onClose(done));
  while (open.stream.write("x".repeat(65_536), 1_000));
  expect(open.stream.isStuck(1_000 + 3_600_000)).toBe(true);
  await closed;
});
