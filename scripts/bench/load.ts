import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that answers everything with the same bytes, for comparison. */
export async function bareServer(body: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

const CONNECTIONS = 20;
const MEASURED_MS = 3_000;

/** How often an address answers in a second, asked over twenty connections that are kept. */
export async function requestsPerSecond(address: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + MEASURED_MS;
  let answered = 0;
  const ask = async () => {
    while (performance.now() < end) {
      await answer(address, agent);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  agent.destroy();
  return (answered * 1_000) / MEASURED_MS;
}

function answer(address: string, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    get(address, { agent }, (response) => {
      response.resume();
      response.on("end", done);
      response.on("error", fail);
    }).on("error", fail);
  });
}
