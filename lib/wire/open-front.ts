import type { RequestListener } from "node:http";
import { resolve } from "node:path";
import next from "next";
import type { Site } from "#lib/model/site.ts";
import { front } from "#lib/serve/front.ts";
import type { SnapshotStore } from "#lib/store/snapshots.ts";
import conf from "../../next.config.ts";
import { followStore } from "./live-reader.ts";
import { provideReader } from "./reader.ts";

/** The root of the project: where the built pages are. */
const ROOT = resolve(import.meta.dirname, "../..");

export interface FrontSettings {
  /** Told of every failure while an answer is made. */
  readonly onError: (error: unknown, path: string) => void;
  /** Milliseconds since the epoch; the machine's clock unless told otherwise. */
  readonly clock?: () => number;
}

/** Everything that answers readers, not yet listening anywhere. */
export interface OpenFront {
  readonly listener: RequestListener;
  /** The Site it shows at this moment. */
  readonly site: () => Site;
  close(): Promise<void>;
}

/**
 * Puts the framework's pages behind Candor's front, on what a store has published.
 * @throws when nothing has been published
 */
export async function openFront(store: SnapshotStore, settings: FrontSettings): Promise<OpenFront> {
  const reader = followStore(store, settings.clock);
  reader.site();
  provideReader(reader);
  const app = next({ dev: false, dir: ROOT, quiet: true, conf });
  await app.prepare();
  const render = app.getRequestHandler();
  const redirects = redirectTable();
  const listener = front({
    render: (request, response) => void render(request, response),
    stamp: () => reader.stamp(),
    redirect: (path) => redirects(reader.site()).get(path.toLowerCase()),
    onError: settings.onError,
  });
  return { listener, site: () => reader.site(), close: () => app.close() };
}

/** Former paths and the pages they lead to, made once a Site. */
function redirectTable(): (site: Site) => ReadonlyMap<string, string> {
  let made: { site: Site; table: ReadonlyMap<string, string> } | undefined;
  return (site) => {
    if (made?.site !== site) made = { site, table: new Map(formerPaths(site)) };
    return made.table;
  };
}

/** Every former path, in small letters and without a closing slash, with the path it leads to. */
export function formerPaths(site: Site): [string, string][] {
  return [...site.incidents, ...site.maintenances].flatMap(({ slug, redirects }) =>
    redirects.map((path): [string, string] => [path.replace(/(?<=.)\/+$/, "").toLowerCase(), `/incidents/${slug}`]),
  );
}
