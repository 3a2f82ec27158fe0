import { failure } from "#lib/model/failure.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { byTrustedTime } from "#lib/store/clock/trusted.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots, type Snapshot, type SnapshotStore } from "#lib/store/snapshots.ts";
import { openAnnouncer } from "./announcer.ts";
import { type Publication, type PublishOptions, publishNext } from "./publish.ts";
import { publishedIn } from "./published.ts";

/** Every publication, the newest first. */
export async function listSnapshots(environment: Environment): Promise<readonly Snapshot[]> {
  await using database = await openDatabase(databaseOf(environment));
  return await openSnapshots(database).list();
}

/** A rollback with the snapshot it went back to. */
export interface Rollback extends Publication {
  readonly target: Snapshot;
}

/**
 * Publishes an earlier snapshot again, as a new one. The content folder is not read and not changed.
 * @throws when there is no such snapshot, or none before the one that is shown
 */
export async function rollBack(
  environment: Environment,
  id: number | undefined,
  options: PublishOptions,
): Promise<Rollback> {
  await using database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  const before = await publishedIn(store);
  const target = await targetOf(store, id, before?.snapshot);
  const content = await store.content(target.id);
  const { commit } = target;
  const next = { content, files: [], problems: [], restores: target.id, ...(commit ? { commit } : {}) };
  const announcer = await openAnnouncer(database, environment);
  // What is shown again was told when it was new.
  const quietly = { ...options, isQuiet: true };
  const publication = await byTrustedTime(database, environment, quietly, (trusted) =>
    publishNext(store, before, next, trusted, announcer),
  );
  return { ...publication, target };
}

/**
 * The snapshot that is asked for; otherwise the newest one before what is shown that showed something else. What is
 * shown again after a rollback counts as what it was then, so that going back twice goes back two steps.
 */
async function targetOf(store: SnapshotStore, id: number | undefined, shown: Snapshot | undefined): Promise<Snapshot> {
  const all = await store.list();
  const from = shown?.restores ?? shown?.id ?? 0;
  const target =
    id === undefined
      ? all.find((each) => each.id < from && each.version !== shown?.version && each.restores === undefined)
      : all.find((each) => each.id === id);
  if (target) return target;
  const message = id === undefined ? "There is no earlier snapshot to go back to." : `There is no snapshot ${id}.`;
  throw failure("NO_SNAPSHOT", `${message} List them with “npm run candor -- snapshots”.`);
}
