import { existsSync } from "node:fs";
import type { Content } from "#lib/model/site.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { newestGood } from "#lib/store/good-snapshot.ts";
import { openSnapshots, type Snapshot, type SnapshotStore } from "#lib/store/snapshots.ts";
import type { Before } from "./preliminary.ts";

/** A snapshot with what it holds. */
export interface Published {
  readonly snapshot: Snapshot;
  /** Of a snapshot that is damaged, what the newest before it held that is not. */
  readonly content: Content;
  readonly isDamaged?: true;
}

/** What is published now, if anything was. */
export async function publishedIn(store: SnapshotStore): Promise<Published | undefined> {
  const good = await newestGood(store);
  if (!good) return undefined;
  const { content, newest, snapshot } = good;
  return { snapshot: newest, content, ...(newest === snapshot ? {} : { isDamaged: true }) };
}

/** What an environment last published, as what is published next compares itself with it. */
export function beforeOf({ content, snapshot }: Published): Before {
  return { content, publishedAt: snapshot.publishedAt };
}

/** The same of an environment as it is; nothing where nothing ever was published. */
export async function pastOf(environment: Environment): Promise<Before | undefined> {
  const published = await publishedBy(environment);
  return published && beforeOf(published);
}

/** The slugs that readers know, as an environment last published them; none where nothing ever was. */
export async function publishedSlugs(environment: Environment): Promise<readonly string[]> {
  return slugsOf(await publishedBy(environment));
}

async function publishedBy(environment: Environment): Promise<Published | undefined> {
  const location = databaseOf(environment);
  if (environment.databaseUrl === undefined && !existsSync(location)) return undefined;
  await using database = await openDatabase(location);
  return await publishedIn(openSnapshots(database));
}

export function slugsOf(published: Published | undefined): readonly string[] {
  return published?.content.entries.map(({ slug }) => slug) ?? [];
}
