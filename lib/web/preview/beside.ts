import { existsSync } from "node:fs";
import { type Published, publishedIn } from "#lib/publishing/published.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";

/** What is published beside a folder that is being written: read again only when something newer is. */
export interface Beside {
  newest(): Promise<Published | undefined>;
  close(): Promise<void>;
}

export function publishedBeside(environment: Environment): Beside {
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined;
  let known: Published | undefined;
  return {
    async newest() {
      const location = databaseOf(environment);
      // Looking makes no database where there is none yet.
      if (!database && environment.databaseUrl === undefined && !existsSync(location)) return undefined;
      database ??= await openDatabase(location);
      const store = openSnapshots(database);
      if ((await store.latest())?.id !== known?.snapshot.id) known = await publishedIn(store);
      return known;
    },
    async close() {
      await database?.close();
    },
  };
}
