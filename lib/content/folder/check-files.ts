import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SiteConfig } from "#lib/model/config.ts";
import { checkEntry, type PartialResult } from "../check/check.ts";
import { type ParsedEntry, parseEntry, unreadable } from "../parse/entry.ts";

/** Some files of a content folder, with what their neighbours are: everything needed to judge them. */
export interface CheckJob {
  readonly folder: string;
  /** Paths of the incident files to check, inside the folder. */
  readonly files: readonly string[];
  /** Every path in the folder. */
  readonly paths: readonly string[];
  readonly config: SiteConfig;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Counts the files that all threads have done. */
  readonly done?: Int32Array;
}

/** Reads, parses and checks files, one after the other, so that only one syntax tree is held at a time. */
export function checkFiles({ folder, files, paths, config, now, done }: CheckJob): PartialResult {
  const parsed = counted(parseEach(folder, files, config.timezone), done);
  return checkEntry({ config, parsed, paths: new Set(paths), now });
}

function* counted<T>(items: Iterable<T>, done: Int32Array | undefined): Generator<T> {
  for (const item of items) {
    yield item;
    if (done) Atomics.add(done, 0, 1);
  }
}

/** Reads and parses files one after the other; times without an offset are read in `zone`. */
export function* parseEach(folder: string, files: readonly string[], zone: string): Generator<ParsedEntry> {
  for (const file of files) yield parseOne(folder, file, zone);
}

/** A file that cannot be read is a problem like any other, and its neighbours do not suffer by it. */
function parseOne(folder: string, file: string, zone: string): ParsedEntry {
  let bytes: Uint8Array;
  try {
    bytes = readBytes(join(folder, file));
  } catch (error) {
    return unreadable(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  return parseEntry(file, bytes, zone);
}

/** One byte more than the largest file that is accepted. */
const READ_LIMIT = 1_000_001;

/** The bytes of a file; of a very large one only enough for it to be refused by its size. */
export function readBytes(path: string): Uint8Array {
  if (statSync(path).size <= READ_LIMIT) return readFileSync(path);
  const bytes = new Uint8Array(READ_LIMIT);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, READ_LIMIT, 0);
  } finally {
    closeSync(file);
  }
  return bytes;
}
