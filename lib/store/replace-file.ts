import { randomUUID } from "node:crypto";
import { type FileHandle, link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** No command holds a file for as long as this, in milliseconds. */
const STALE_MS = 10_000;

/**
 * Puts `after` in the place of `before`, whole or not at all: a reader, or a crash, sees the one or the other. `before`
 * undefined means that there must be no file yet.
 * @param mode who may read the file, as `chmod` has it
 * @returns false, with nothing written, when the file no longer holds `before`, or another command is changing it
 * @throws in words for a person when the system does not let it be written
 */
export async function replaceFile(
  file: string,
  before: string | undefined,
  after: string,
  mode = 0o666,
): Promise<boolean> {
  try {
    return await replace(file, before, after, mode);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const why = REFUSALS[code];
    throw why === undefined ? error : Object.assign(new Error(`${why} ${file} is as it was.`), { code });
  }
}

/** What the system says of a file that cannot be written, by its codes, and what to do. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full. Make room and try again.",
  EDQUOT: "Your share of the disk is used up. Make room and try again.",
  EFBIG: "The system allows no file of this size. Raise its limit (ulimit -f) and try again.",
  EROFS: "The disk can only be read. Make it writable and try again.",
  EACCES: "You may not write there. Change who may, or ask somebody who may.",
  EPERM: "You may not write there. Change who may, or ask somebody who may.",
};

async function replace(file: string, before: string | undefined, after: string, mode: number): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  const draft = join(dirname(file), `.${randomUUID()}.candor`);
  const lock = join(dirname(file), `.${file.replace(/^.*[\\/]/, "")}.lock`);
  const held = await takeLock(lock);
  if (!held) return false;
  try {
    await writeThrough(draft, after, mode);
    if (before === undefined) return await linkNew(draft, file);
    if (!(await holds(file, before))) return false;
    await rename(draft, file);
    return true;
  } finally {
    await rm(draft, { force: true });
    await held.close();
    await rm(lock, { force: true });
  }
}

/** Whether the bytes of a file are those of a text; what is not UTF-8 is no text's. */
export async function holds(file: string, text: string): Promise<boolean> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes?.equals(Buffer.from(text)) ?? false;
}

/** The lock, or undefined while another command holds it. One that a killed command left behind is taken over. */
async function takeLock(lock: string): Promise<FileHandle | undefined> {
  const take = () =>
    open(lock, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return undefined;
      throw error;
    });
  const held = await take();
  if (held) return held;
  const now = await timeAt(dirname(lock));
  const since = await stat(lock).then(
    ({ mtimeMs }) => now - mtimeMs,
    () => 0,
  );
  if (since < STALE_MS) return undefined;
  await rm(lock, { force: true });
  return take();
}

/** The time by the clock that dates a folder's files, in milliseconds: on a network it is not this machine's. */
async function timeAt(folder: string): Promise<number> {
  const file = join(folder, `.${randomUUID()}.candor`);
  await using handle = await open(file, "wx");
  try {
    return (await handle.stat()).mtimeMs;
  } finally {
    await rm(file, { force: true });
  }
}

/** On the disk, not only on its way there. */
async function writeThrough(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, "wx", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A link, unlike a rename, never takes the place of a file that is there. */
async function linkNew(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
