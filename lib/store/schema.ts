import type { Generated } from "kysely";

/** The tables as the newest migration leaves them. Truth is 0 or 1, an instant is milliseconds since the epoch. */
export interface Tables {
  snapshot: SnapshotTable;
  image: ImageTable;
  meta: MetaTable;
}

type Truth = 0 | 1;

/** One row a publication. */
interface SnapshotTable {
  id: Generated<number>;
  version: string;
  published_at: number;
  published_by: string;
  entries: number;
  /** Content as JSON, packed with zstd. */
  content: Uint8Array;
  /** Absent where the content was in no git work tree. */
  git_commit: string | null;
  git_is_dirty: Truth | null;
  /** Nobody is to be told of it. */
  is_quiet: Truth;
  /** The snapshot that this one shows again. */
  restores: number | null;
  /** How many entries differ from the snapshot before; absent of what was published before this was kept. */
  added: number | null;
  changed: number | null;
  removed: number | null;
}

/** The pictures that snapshots show, each once. */
interface ImageTable {
  hash: string;
  type: string;
  bytes: Uint8Array;
}

/** Single facts about this database, such as `restored_at`. */
interface MetaTable {
  key: string;
  value: string;
}
