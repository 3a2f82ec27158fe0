import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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
    const kept = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as { asked?: string; answer?: T };
    if (kept.asked !== undefined && kept.asked !== asked) return { kind: "other-request" };
    return kept.answer === undefined ? { kind: "unknown" } : { kind: "done", answer: kept.answer, isReplay: true };
  }
  // When it throws, the note stays: nobody knows how far it came.
  const answer = await work();
  if (isDone(answer)) await writeFile(file, JSON.stringify({ asked, answer }), { mode: 0o600 });
  else await rm(file, { force: true });
  return { kind: "done", answer, isReplay: false };
}

/** @returns false when the file is there already */
async function claim(file: string, text: string): Promise<boolean> {
  try {
    await using handle = await open(file, "wx", 0o600);
    await handle.writeFile(text);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
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
