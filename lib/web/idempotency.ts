import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How long a key is remembered, in milliseconds. */
const KEPT_MS = 24 * 60 * 60_000;

export interface OnceKey {
  /** Whose key it is: two callers may choose the same word. */
  readonly of: string;
  readonly key: string;
  /** What is asked; the same key must not be used for something else. */
  readonly request: string;
}

export type Once<T> =
  | { readonly kind: "done"; readonly answer: T; readonly isReplay: boolean }
  /** The key was used for another request. */
  | { readonly kind: "other-request" }
  /** A request with this key is being worked on, or was cut off: whether it was done is not known. */
  | { readonly kind: "unknown" };

/**
 * Does something once for a key: asked again, the first answer is given again. A key is forgotten when nothing was done.
 * @param isDone whether an answer means that something was done
 */
export async function once<T>(
  folder: string,
  { of, key, request }: OnceKey,
  now: number,
  work: () => Promise<T>,
  isDone: (answer: T) => boolean,
): Promise<Once<T>> {
  const file = join(folder, `${hash(`${of}\n${key}`)}.json`);
  const asked = hash(request);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await forgetOld(folder, now);
  // Noted before the work begins, so that a crash in its middle is seen as one.
  if (!(await claim(file, JSON.stringify({ asked })))) {
    const kept = await noteIn<T>(file);
    if (kept.asked !== undefined && kept.asked !== asked) return { kind: "other-request" };
    return kept.answer === undefined ? { kind: "unknown" } : { kind: "done", answer: kept.answer, isReplay: true };
  }
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    // Otherwise the note stays: nobody knows how far it came. Without room, what is written is as it was.
    if (NO_ROOM.has(String((error as NodeJS.ErrnoException).code))) await rm(file, { force: true });
    throw error;
  }
  if (!isDone(answer)) await rm(file, { force: true });
  // It was done, which its caller shall hear: without room for the answer, the note says that the key was used.
  else await write(file, JSON.stringify({ asked, answer }), rename).catch(onlyNoRoom);
  return { kind: "done", answer, isReplay: false };
}

/** What the system says when there is no room for a file. */
const NO_ROOM: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

function onlyNoRoom(error: NodeJS.ErrnoException): void {
  if (!NO_ROOM.has(String(error.code))) throw error;
}

/** What is kept under a key; nothing of a note that cannot be read. */
async function noteIn<T>(file: string): Promise<{ readonly asked?: string; readonly answer?: T }> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as { asked?: string; answer?: T };
  } catch {
    return {};
  }
}

/** @returns false when the file is there already */
async function claim(file: string, text: string): Promise<boolean> {
  // A note of no length was left by an older version on a full disk, before anything was begun.
  if ((await stat(file).catch(() => undefined))?.size === 0) await rm(file, { force: true });
  try {
    await write(file, text, link);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Writes a file whole or not at all. */
async function write(file: string, text: string, place: (from: string, to: string) => Promise<void>): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await place(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function forgetOld(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const age =
      now -
      (await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      ));
    if (age > KEPT_MS) await rm(file, { force: true });
  }
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
