import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import next from "next";
import type { Site } from "#lib/model/site.ts";
import { front } from "#lib/serve/front.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import type { Environment } from "./environment.ts";
import { followStore } from "./live-reader.ts";
import { provideReader } from "./reader.ts";

export interface Running {
  /** Where it answers. */
  readonly url: string;
  readonly port: number;
  /** Stops taking requests, lets those under way finish, and closes the store. */
  close(): Promise<void>;
}

/** The root of the project: where the built pages are. */
export const ROOT = resolve(import.meta.dirname, "../..");

export interface ServeOptions {
  readonly onError: (error: unknown, path: string) => void;
  /** Milliseconds since the epoch; the machine's clock unless told otherwise. */
  readonly clock?: () => number;
}

/** Starts the server on what is published in the data folder. */
export async function serve(environment: Environment, options: ServeOptions): Promise<Running> {
  const store = openSnapshots(resolve(environment.data, "candor.db"));
  const reader = followStore(store, options.clock);
  reader.site();
  provideReader(reader);

  const app = next({ dev: false, dir: ROOT, quiet: true });
  await app.prepare();
  const render = app.getRequestHandler();
  const redirects = redirectTable();
  const server = createServer(
    front({
      render: (request, response) => void render(request, response),
      stamp: () => reader.stamp(),
      redirect: (path) => redirects(reader.site()).get(path.toLowerCase()),
      onError: options.onError,
    }),
  );
  await listen(server, environment);
  const { port } = server.address() as AddressInfo;
  const shown = environment.host === "0.0.0.0" || environment.host === "::" ? "localhost" : environment.host;
  return {
    url: `http://${shown}:${port}`,
    port,
    async close() {
      server.closeIdleConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await app.close();
      store.close();
    },
  };
}

/** Former paths and the pages they lead to, made once a Site. */
function redirectTable(): (site: Site) => ReadonlyMap<string, string> {
  let made: { site: Site; table: ReadonlyMap<string, string> } | undefined;
  return (site) => {
    if (made?.site !== site) {
      const events = [...site.incidents, ...site.maintenances];
      const pairs = events.flatMap(({ slug, redirects }) =>
        redirects.map((path): [string, string] => [path.replace(/(?<=.)\/+$/, "").toLowerCase(), `/incidents/${slug}`]),
      );
      made = { site, table: new Map(pairs) };
    }
    return made.table;
  };
}

function listen(server: Server, { port, host }: Environment): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => done());
  });
}
