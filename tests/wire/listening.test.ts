import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { listening, reservePort } from "#lib/web/listening.ts";

const HERE = { port: 0, host: "127.0.0.1", content: "unused", data: "unused" };

/** A test that waits for half a minute has failed. */
test("a server that is closed waits for answers under way, and for no connection that asks for nothing", async () => {
  const begun = Promise.withResolvers<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === "/long") begun.resolve(response);
    else response.end("short");
  });
  const running = await listening(server, HERE);
  const silent = connect(running.port, "127.0.0.1");
  await once(silent, "connect");
  // Kept open by the client for what it may ask next.
  expect(await (await fetch(`${running.url}/short`)).text()).toBe("short");
  const long = fetch(`${running.url}/long`);
  const response = await begun.promise;
  const closed = running.close();
  await once(silent, "close");
  response.end("all of it");
  expect(await (await long).text()).toBe("all of it");
  await closed;
  await expect(fetch(running.url)).rejects.toThrow();
});

test("a server that is closed does not wait for ever for an answer", async () => {
  const running = await listening(
    createServer((_request, response) => {
      response.write("it never ends");
    }),
    HERE,
  );
  const answer = await fetch(running.url);
  await running.close();
  await expect(answer.text()).rejects.toThrow();
});

test("browsers that came through TLS are told to come through nothing else, whatever answers them", async () => {
  const running = await reservePort(HERE);
  const told = async (headers: Readonly<Record<string, string>>) =>
    (await fetch(running.url, { headers })).headers.get("strict-transport-security");
  running.answerWith((_request, response) => response.writeHead(200, { "x-own": "1" }).end());
  expect(await told({ "x-forwarded-proto": "https" })).toBe("max-age=31536000");
  // RFC 6797, section 7.2.
  expect([await told({}), await told({ "x-forwarded-proto": "http" })]).toEqual([null, null]);
  await running.close();
});
