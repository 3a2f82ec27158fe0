import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { holds, replaceFile } from "#lib/store/replace-file.ts";

/** A change that a command made to a file, with what is needed to take it back. */
export interface Undoable {
  /** Absolute path. */
  readonly file: string;
  /** Absent when the file was new. */
  readonly before?: string;
  readonly after: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** As many changes can be taken back, the newest first. */
const KEPT = 20;

/**
 * Keeps a change, so that `undo` can take it back. The file is written already: where there is no room to keep the
 * change, that is no reason to say that it was not, and `undo` finds an older change whose file has changed since.
 */
export async function remember(data: string, change: Undoable): Promise<void> {
  await write(data, [...(await read(data)), change].slice(-KEPT)).catch(() => undefined);
}

/** The change that would be taken back next. */
export async function lastChange(data: string): Promise<Undoable | undefined> {
  return (await read(data)).at(-1);
}

/**
 * Takes the newest change back.
 * @returns the change and whether it was taken back: not when the file has changed since; undefined when there is none
 */
export async function undoLast(data: string): Promise<{ change: Undoable; isUndone: boolean } | undefined> {
  const changes = await read(data);
  const change = changes.at(-1);
  if (!change) return undefined;
  const isUndone = await takeBack(change);
  if (isUndone) await write(data, changes.slice(0, -1));
  return { change, isUndone };
}

async function takeBack({ file, before, after }: Undoable): Promise<boolean> {
  if (before !== undefined) return replaceFile(file, after, before);
  if (!(await holds(file, after))) return false;
  await rm(file);
  return true;
}

async function read(data: string): Promise<Undoable[]> {
  const text = await readFile(join(data, "undo.json"), "utf8").catch(() => "[]");
  return JSON.parse(text) as Undoable[];
}

async function write(data: string, changes: readonly Undoable[]): Promise<void> {
  await mkdir(data, { recursive: true });
  const draft = join(data, `undo.json.${process.pid}`);
  try {
    await writeFile(draft, JSON.stringify(changes));
    await rename(draft, join(data, "undo.json"));
  } finally {
    await rm(draft, { force: true });
  }
}
