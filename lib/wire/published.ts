import { existsSync } from "node:fs";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots, type SnapshotStore } from "#lib/store/snapshots.ts";
import { databaseOf, type Environment } from "./environment.ts";

/** The slugs that readers know, as an environment last published them; none where nothing ever was. */
export async function publishedSlugs(environment: Environment): Promise<readonly string[]> {
  const location = databaseOf(environment);
  if (environment.databaseUrl === undefined && !existsSync(location)) return [];
  await using database = await openDatabase(location);
  return await slugsIn(openSnapshots(database));
}

/** The slugs of the newest publication in a store. */
export async function slugsIn(store: SnapshotStore): Promise<readonly string[]> {
  const latest = await store.latest();
  return latest ? (await store.content(latest.id)).entries.map(({ slug }) => slug) : [];
}
