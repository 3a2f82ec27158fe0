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
 */
export async function replaceFile(
  file: string,
  before: string | undefined,
  after: string,
  mode = 0o666,
): Promise<boolean> {
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
  const since = await stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (since < STALE_MS) return undefined;
  await rm(lock, { force: true });
  return take();
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
