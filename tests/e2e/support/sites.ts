import { join } from "node:path";
import { openStore } from "#lib/access/open-vault.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { candor, type Folders, ROOT, type Server, serve } from "./candor.ts";
import { writeSite } from "./content.ts";
import { writeFullSite } from "./full-site.ts";
import type { SiteName } from "./kinds.ts";

/** The sites of `kinds.ts`, whose servers all tests of a run share. */
export interface Sites {
  /** The address of a site's server. */
  url(name: SiteName): Promise<string>;
  /** What a site's server wrote so far. */
  log(name: SiteName): Promise<string>;
}

/** Starts each server when it is first asked for, with all they need in one folder. */
export function openSites(folder: string): Sites & AsyncDisposable {
  const servers = new Map<SiteName, Promise<Server>>();
  const server = (name: SiteName): Promise<Server> => {
    const known = servers.get(name) ?? START[name](join(folder, name));
    servers.set(name, known);
    return known;
  };
  return {
    url: async (name) => (await server(name)).url,
    log: async (name) => (await server(name)).log(),
    async [Symbol.asyncDispose]() {
      for (const started of servers.values()) await (await started).stop();
    },
  };
}

const START: Readonly<Record<SiteName, (folder: string) => Promise<Server>>> = {
  demo: (folder) => serve({ content: join(ROOT, "incidents"), data: folder }),
  full(folder) {
    const folders = both(folder);
    writeFullSite(folders.content);
    return serve(folders);
  },
  empty(folder) {
    const folders = both(folder);
    writeEmptySite(folders.content);
    return serve(folders);
  },
  async broken(folder) {
    const folders = both(folder);
    writeEmptySite(folders.content);
    await candor(["publish", "--yes"], folders);
    await poison(folders.data);
    return await serve(folders);
  },
};

/** A site of which nothing is known but its name. */
export function writeEmptySite(folder: string): void {
  writeSite(folder, { name: "Nothing yet", url: "https://status.nothing.example" });
}

/** Publishes what no page can be drawn from, past every check: a language that is none. */
export async function poison(data: string): Promise<void> {
  const opened = await openStore(readEnvironment({ CANDOR_DATA: data }));
  await using database = opened.database;
  const store = openSnapshots(database);
  const latest = await store.latest();
  if (!latest) throw new Error("Nothing is published that could be poisoned");
  const content = await store.content(latest.id);
  const config = { ...content.config, locale: "no language at all" };
  await store.publish({ ...latest, version: "poisoned" }, { ...content, config }, [], latest.id);
}

function both(folder: string): Folders {
  return { content: join(folder, "content"), data: join(folder, "data") };
}
