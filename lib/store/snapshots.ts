import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Content } from "#lib/model/site.ts";

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
  latest(): Snapshot | undefined;
  content(id: number): Content;
  image(hash: string): ImageFile | undefined;
  publish(snapshot: Omit<Snapshot, "id">, content: Content, images: readonly ImageFile[]): Snapshot;
  close(): void;
}

const SCHEMA = `
  create table if not exists snapshot (
    id integer primary key autoincrement,
    version text not null,
    published_at integer not null,
    published_by text not null,
    entries integer not null,
    content blob not null
  ) strict;
  create table if not exists image (
    hash text primary key,
    type text not null,
    bytes blob not null
  ) strict;
`;

/** Opens the store in one SQLite file, which is made when it is not there. */
export function openSnapshots(file: string): SnapshotStore {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;");
  database.exec(SCHEMA);
  const newest = database.prepare(
    "select id, version, published_at as publishedAt, published_by as publishedBy, entries from snapshot order by id desc limit 1",
  );
  const contentOf = database.prepare("select content from snapshot where id = ?");
  const imageOf = database.prepare("select hash, type, bytes from image where hash = ?");
  const addSnapshot = database.prepare(
    "insert into snapshot (version, published_at, published_by, entries, content) values (?, ?, ?, ?, ?)",
  );
  const addImage = database.prepare("insert or ignore into image (hash, type, bytes) values (?, ?, ?)");

  const latest = () => newest.get() as unknown as Snapshot | undefined;
  return {
    latest,
    content(id) {
      const row = contentOf.get(id) as { content: Uint8Array } | undefined;
      if (!row) throw new Error(`There is no snapshot ${id}`);
      return JSON.parse(zstdDecompressSync(row.content).toString("utf8")) as Content;
    },
    image: (hash) => imageOf.get(hash) as unknown as ImageFile | undefined,
    publish({ version, publishedAt, publishedBy, entries }, content, images) {
      const packed = zstdCompressSync(JSON.stringify(content));
      database.exec("begin immediate");
      try {
        for (const { hash, type, bytes } of images) addImage.run(hash, type, bytes);
        addSnapshot.run(version, publishedAt, publishedBy, entries, packed);
        database.exec("commit");
      } catch (error) {
        database.exec("rollback");
        throw error;
      }
      return latest() as Snapshot;
    },
    close: () => database.close(),
  };
}
