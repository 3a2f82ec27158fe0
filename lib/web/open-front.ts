import type { RequestListener } from "node:http";
import { resolve } from "node:path";
import next from "next";
import type { Site } from "#lib/model/site.ts";
import type { SnapshotStore } from "#lib/store/snapshots.ts";
import conf from "../../next.config.ts";
import { addressBook } from "./addresses.ts";
import { answerRoutes, type Route } from "./http/route.ts";
import type { Live } from "./live/open-live.ts";
import { followStore, type LiveReader } from "./live-reader.ts";
import { type PageView, withPageView } from "./page-views.ts";
import { provideReader } from "./reader.ts";
import { front, rendered } from "./serve/front.ts";

/** The root of the project: where the built pages are. */
const ROOT = resolve(import.meta.dirname, "../..");

/** The pages, ready to be rendered. */
export type Framework = ReturnType<typeof next>;

/** Loads the built pages. Takes a second, which may pass while something else is prepared. */
export async function openFramework(): Promise<Framework> {
  const app = next({ dev: false, dir: ROOT, quiet: true, conf });
  await app.prepare();
  return app;
}

export interface FrontSettings {
  /** Told of every failure while an answer is made, with its path, or while the store is followed. */
  readonly onError: (error: unknown, where: string) => void;
  /** Milliseconds since the epoch; the machine's clock unless told otherwise. */
  readonly clock?: () => number;
  /** What is answered before the pages are asked. Where nobody lets readers subscribe, they are told so. */
  readonly routes?: readonly OpenRoutes[];
  /** What keeps those who are connected current; where nothing does, pages are as they were when they were asked for. */
  readonly live?: Live;
}

/** Routes, once they have what they need of the pages. */
export type OpenRoutes = (pageSource: PageSource) => readonly Route[];

/** What a route needs of the pages. */
export interface PageSource {
  readonly site: () => Site;
  /** The HTML of a page that is for one person alone. */
  readonly draw: (view: PageView) => Promise<string>;
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
export async function openFront(store: SnapshotStore, app: Framework, settings: FrontSettings): Promise<OpenFront> {
  const { onError, clock = Date.now, live } = settings;
  const following = { clock, onError: (error: unknown) => onError(error, "The store"), onRound: live?.round };
  const reader = await followStore(store, following);
  return frontOn(live ? { ...reader, told: live.told } : reader, app, settings);
}

/** Puts the framework's pages behind Candor's front, on whatever a reader reads from. */
export function frontOn(reader: LiveReader, app: Framework, { onError, routes = [], live }: FrontSettings): OpenFront {
  provideReader(reader);
  const render = app.getRequestHandler();
  const addresses = addressBook(ROOT);
  const framework: RequestListener = (request, response) => void render(request, response);
  const pageSource: PageSource = {
    site: () => reader.site(),
    draw: (view) =>
      withPageView(view, async (headers) => (await rendered(view.path, framework, headers)).body.toString()),
  };
  const pages = front({
    render: framework,
    stamp: () => `${reader.stamp()}.${Object.values(reader.told?.() ?? {}).join()}`,
    find: (path) => addresses.find({ site: reader.site(), content: reader.content(), told: reader.told?.() }, path),
    query: (path, query) => addresses.query(reader.site(), path, query),
    onError,
  });
  const listener = answerRoutes(
    [...(live ? [{ path: "/live", stream: live.take }] : []), ...routes.flatMap((open) => open(pageSource))],
    pages,
    onError,
  );
  return {
    listener,
    site: () => reader.site(),
    async close() {
      await reader.close();
      await app.close();
    },
  };
}
