import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { putAside, unlessMissing } from "./put-aside.ts";

/** A file in which an older version has kept one thing. */
export interface OldFile {
  /** What its name says. */
  readonly id: string;
  readonly text: string;
  /** When it was last written, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Takes over a folder in which an older version has kept a file for each thing: into the database first, and only then is the
 * folder put aside. A crash between the two has it taken again, which changes nothing: what it holds is known by then.
 * @param name whose first group is the id in a file's name; what is named otherwise is not read
 * @param rowOf undefined for a file that holds nothing
 * @param insert into the database, all of them or none
 * @throws with nothing changed, when a file of that name cannot be read
 */
export async function takeOverFolder<T>(
  folder: string,
  name: RegExp,
  rowOf: (file: OldFile) => T | undefined,
  insert: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  const names = await readdir(folder).catch(unlessMissing);
  if (names === undefined) return;
  const rows: T[] = [];
  // One after the other: there may be more of them than a process may open.
  for (const each of names) {
    const id = name.exec(each)?.[1];
    const file = id === undefined ? undefined : await fileAt(join(folder, each), id);
    const row = file && rowOf(file);
    if (row !== undefined) rows.push(row);
  }
  await insert(rows);
  await putAside(folder);
}

/** A file that another process puts aside meanwhile is there no more. */
async function fileAt(path: string, id: string): Promise<OldFile | undefined> {
  const text = await readFile(path, "utf8").catch(unlessMissing);
  const kept = await stat(path).catch(unlessMissing);
  return text === undefined || kept === undefined ? undefined : { id, text, at: Math.floor(kept.mtimeMs) };
}
