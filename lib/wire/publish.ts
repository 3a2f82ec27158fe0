import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import type { Problem } from "#lib/model/problem.ts";
import type { Content } from "#lib/model/site.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots, type Snapshot, type SnapshotStore } from "#lib/store/snapshots.ts";
import { databaseOf, type Environment } from "./environment.ts";
import { checkFolder } from "./folder.ts";
import { loadImages } from "./images.ts";
import { slugsIn } from "./published.ts";

/** What a try to publish came to. */
export interface Publication {
  /** Absent when nothing was published. */
  readonly snapshot?: Snapshot;
  /** Whether the content differs from what was published before. */
  readonly isChange: boolean;
  readonly problems: readonly Problem[];
}

export interface PublishOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Publish the good files even when others have errors: for a first start, so that there is a page at all. */
  readonly despiteErrors?: boolean;
  /** Tell nobody of it. */
  readonly isQuiet?: boolean;
}

/** Publishes the content folder into the environment's database. */
export async function publish(environment: Environment, options: PublishOptions): Promise<Publication> {
  await using database = await openDatabase(databaseOf(environment));
  return await publishInto(openSnapshots(database), environment.content, options);
}

/**
 * Publishes the good files of the content folder if nothing was ever published: a fresh server shows what is there. One
 * that has published keeps what readers saw, and undefined is returned.
 */
export async function publishFirst(environment: Environment, now: number): Promise<Publication | undefined> {
  await using database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  if (await store.latest()) return undefined;
  return await publishInto(store, environment.content, { now, despiteErrors: true, isQuiet: true });
}

/**
 * Checks a content folder and stores it as the published snapshot. With an error anywhere nothing is published and what
 * readers see stays as it was.
 */
export async function publishInto(store: SnapshotStore, folder: string, options: PublishOptions): Promise<Publication> {
  const checked = await checkFolder(folder, options.now, await slugsIn(store));
  const { images, files, problems: imageProblems } = await loadImages(folder, checked.images);
  const problems = [...checked.problems, ...imageProblems];
  const isBroken = problems.some(({ severity }) => severity === "error");
  if (!checked.config || (isBroken && !options.despiteErrors)) return { isChange: false, problems };

  const content: Content = { config: checked.config, entries: checked.entries.filter(({ draft }) => !draft), images };
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  const before = await store.latest();
  if (before?.version === version) return { snapshot: before, isChange: false, problems };
  const told = { publishedAt: options.now, publishedBy: whoPublishes(), isQuiet: options.isQuiet ?? false };
  const snapshot = await store.publish({ version, entries: content.entries.length, ...told }, content, files);
  return { snapshot, isChange: true, problems };
}

/** The name of the account, or its number where it has none, as in many containers. */
function whoPublishes(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
