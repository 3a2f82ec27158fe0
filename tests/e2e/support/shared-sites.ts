import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { failOnRefusals } from "#tests/isolation/isolate.ts";
import { temporary } from "./candor.ts";
import { NOW } from "./content.ts";
import type { SiteName } from "./kinds.ts";
import { openSites } from "./sites.ts";

/**
 * The servers of the sites that tests look at, for a whole run: each starts when the first test asks for it. Tests run in
 * processes of their own, so they ask over the loopback (`test.ts`).
 */
export default async function shareSites(): Promise<() => Promise<void>> {
  const opened = new AsyncDisposableStack();
  // biome-ignore lint/nursery/useDisposables: it is disposed of with the others.
  const sites = opened.use(openSites(opened.use(temporary("sites")).path));
  const desk = createServer((request, response) => {
    const [, what, name] = (request.url ?? "").split("/") as [string, "url" | "log", SiteName];
    sites[what](name).then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => desk.listen(0, "127.0.0.1", done));
  process.env["SITES_DESK"] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
  process.env["SITES_DATED"] = String(NOW);
  return async () => {
    desk.close();
    await opened.disposeAsync();
    failOnRefusals();
  };
}
