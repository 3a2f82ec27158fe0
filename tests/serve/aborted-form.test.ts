import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { answerRoutes, type Call } from "#lib/web/http/route.ts";
import { readBody } from "#lib/web/http/steps.ts";

test("a form that is cut off is noted nowhere; what goes wrong with a whole one is", async () => {
  const faults: string[] = [];
  const ended: Promise<unknown>[] = [];
  const handler = ({ request }: Call) => {
    const answer = readBody(request, 1_000).then(() => Promise.reject(new Error("our fault")));
    ended.push(answer.catch(() => undefined));
    return answer;
  };
  const server = createServer(
    answerRoutes(
      [{ path: "/subscribe", on: { POST: handler } }],
      () => undefined,
      (error) => faults.push(String(error)),
    ),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /subscribe HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\naddress=");
  await once(server, "request");
  socket.destroy();
  await ended[0];
  const whole = await fetch(`http://127.0.0.1:${port}/subscribe`, { method: "POST", body: "address=" });
  expect(whole.status).toBe(500);
  expect(faults).toEqual(["Error: our fault"]);
});
