import { hash } from "node:crypto";
import type { Selectable } from "kysely";
import { failure } from "#lib/model/failure.ts";
import type { Content } from "#lib/model/site.ts";
import type { Row as AnyRow, Database, Transaction } from "./dialect.ts";
import { appendFacts } from "./ledger.ts";
import { packContent, unpackContent } from "./packed.ts";
import { recordsOf } from "./records.ts";
import type { Tables } from "./schema.ts";

/** One publication: everything readers see, as it was published at one time. */
export interface Snapshot {
  /** Counts up with every publication. */
  readonly id: number;
  /** SHA-256 of the content, in hexadecimal: equal for equal content. */
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
  /** Who published it, as far as the system knows. */
  readonly publishedBy: string;
  /** How many entries it holds. */
  readonly entries: number;
  /** The state of the git work tree that the content was in; absent where it was in none. */
  readonly commit?: { readonly hash: string; readonly isDirty: boolean };
  /** Nobody is to be told of it. */
  readonly isQuiet: boolean;
  /** The earlier snapshot that this one shows again. */
  readonly restores?: number;
  /** How many entries differ from the snapshot before; absent of what was published before this was kept. */
  readonly changes?: { readonly added: number; readonly changed: number; readonly removed: number };
}

export interface ImageFile {
  /** The first 16 hexadecimal digits of the bytes' SHA-256. */
  readonly hash: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Where publications are kept. A reader sees the whole of one or the whole of the next, never a mixture. */
export interface SnapshotStore {
  /** The newest publication, if there is one. Cheap enough to ask several times a second. */
  latest(): Promise<Snapshot | undefined>;
  /** Every publication, the newest first. */
  list(): Promise<readonly Snapshot[]>;
  /**
   * What a snapshot holds. Given what another held, as it came from here, equal entries are the very same objects, and
   * reading costs little more than what differs.
   * @throws when there is no such snapshot; with the code `DAMAGED` when it is not what was stored
   */
  content(id: number, earlier?: Content): Promise<Content>;
  image(hash: string): Promise<ImageFile | undefined>;
  /**
   * Publishes over the snapshot numbered `after`, which is 0 when there is none. What `also` does is done in the same
   * transaction: both are kept, or neither.
   * @throws when that is no longer the newest
   */
  publish(
    snapshot: Omit<Snapshot, "id">,
    content: Content,
    images: readonly ImageFile[],
    after: number,
    also?: (transaction: Transaction, id: number) => Promise<void>,
  ): Promise<Snapshot>;
}

/** Everything of a snapshot but its content. */
const COLUMNS = [
  "id",
  "version",
  "published_at",
  "published_by",
  "entries",
  "git_commit",
  "git_is_dirty",
  "is_quiet",
  "restores",
  "added",
  "changed",
  "removed",
] as const;

export function openSnapshots(database: Database): SnapshotStore {
  const { query } = database;
  return {
    async latest() {
      const row = await query.selectFrom("snapshot").select(COLUMNS).orderBy("id", "desc").limit(1).executeTakeFirst();
      return row && snapshotOf(row);
    },
    async list() {
      const rows = await query.selectFrom("snapshot").select(COLUMNS).orderBy("id", "desc").execute();
      return rows.map(snapshotOf);
    },
    async content(id, earlier) {
      const row = await query
        .selectFrom("snapshot")
        .select(["content", "version"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (!row) throw failure("NO_SNAPSHOT", `There is no snapshot ${id}.`);
      // What was stored by another name than the hash of its content cannot be held against it.
      const version = /^[\da-f]{64}$/.test(row.version) ? row.version : undefined;
      return await unpackContent(row.content, earlier, version).catch((cause: unknown) => {
        throw failure("DAMAGED", `Snapshot ${id} is damaged.`, { cause });
      });
    },
    async image(hash) {
      const found = await query.selectFrom("image").selectAll().where("hash", "=", hash).executeTakeFirst();
      return found && isWhole(found) ? found : undefined;
    },
    async publish(snapshot, content, images, after, also) {
      const packed = await packContent(content);
      return database.transaction(async (transaction) => {
        await database.lock(transaction, "publish");
        const newest = transaction.selectFrom("snapshot").select("id").orderBy("id", "desc").limit(1);
        const { id: current } = (await newest.executeTakeFirst()) ?? { id: 0 };
        if (current !== after) {
          const message = `Snapshot ${current} has been published meanwhile. Look again at what would change, then publish.`;
          throw failure("OVERTAKEN", message);
        }
        const shown: ImageFile[] = [];
        for (const image of images) {
          const row = { hash: image.hash, type: image.type, bytes: image.bytes };
          const kept = await transaction
            .selectFrom("image")
            .selectAll()
            .where("hash", "=", image.hash)
            .executeTakeFirst();
          if (kept && isWhole(kept)) continue;
          // One that was damaged meanwhile is mended.
          await transaction
            .insertInto("image")
            .values(row)
            .onConflict((clash) => clash.column("hash").doUpdateSet({ type: image.type, bytes: image.bytes }))
            .execute();
          shown.push(row);
        }
        const row = { ...rowOf(snapshot), content: packed };
        const { id } = await transaction.insertInto("snapshot").values(row).returning("id").executeTakeFirstOrThrow();
        await also?.(transaction, id);
        const at = snapshot.publishedAt;
        await appendFacts(database, transaction, [
          ...recordsOf("image", shown as unknown as AnyRow[], at),
          ...recordsOf("snapshot", [{ ...row, id }], at),
        ]);
        return { ...snapshot, id };
      });
    },
  };
}

/** Whether a snapshot is the newest, and holds up whoever publishes until the transaction ends: it stays so. */
export async function isNewest(database: Database, transaction: Transaction, id: number): Promise<boolean> {
  await database.lock(transaction, "publish");
  const newest = transaction.selectFrom("snapshot").select("id").orderBy("id", "desc").limit(1);
  return (await newest.executeTakeFirst())?.id === id;
}

/** Whether a picture is what was stored; one that is kept by another name cannot be held against it. */
export function isWhole({ hash: name, bytes }: Pick<ImageFile, "hash" | "bytes">): boolean {
  return !/^[\da-f]{16}$/.test(name) || hash("sha256", bytes).startsWith(name);
}

type Row = Omit<Selectable<Tables["snapshot"]>, "content">;

function snapshotOf(row: Row): Snapshot {
  const { git_commit: hash, restores, added, changed, removed } = row;
  const isKept = added !== null && changed !== null && removed !== null;
  return {
    id: row.id,
    version: row.version,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    entries: row.entries,
    ...(hash === null ? {} : { commit: { hash, isDirty: row.git_is_dirty === 1 } }),
    isQuiet: row.is_quiet === 1,
    ...(restores === null ? {} : { restores }),
    ...(isKept ? { changes: { added, changed, removed } } : {}),
  };
}

function rowOf({ commit, restores, changes, ...snapshot }: Omit<Snapshot, "id">): Omit<Row, "id"> {
  return {
    version: snapshot.version,
    published_at: snapshot.publishedAt,
    published_by: snapshot.publishedBy,
    entries: snapshot.entries,
    git_commit: commit?.hash ?? null,
    git_is_dirty: commit ? truth(commit.isDirty) : null,
    is_quiet: truth(snapshot.isQuiet),
    restores: restores ?? null,
    added: changes?.added ?? null,
    changed: changes?.changed ?? null,
    removed: changes?.removed ?? null,
  };
}

function truth(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}
