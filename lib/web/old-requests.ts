import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { insertRequestKeys, type RequestKey } from "#lib/store/request-keys.ts";

/** What nobody knows without the database. */
export const BEFORE = "nobody knows whether this was done before";

/**
 * Takes over the keys in the folder `requests`, where versions before kept them: into
 * the database first, and only then is the folder put aside. A crash between the two has them taken again, which changes
 * nothing: they are known by then.
 */
export async function takeOverRequests(database: Database, data: string): Promise<void> {
  const folder = join(data, "requests");
  const names = await readdir(folder).catch(unlessMissing);
  if (names === undefined) return;
  const keys = await Promise.all(names.map((name) => keyIn(join(folder, name), name)));
  const kept = keys.filter((key) => key !== undefined);
  await insertRequestKeys(database, kept).catch(orAway(BEFORE));
  await putAside(folder);
}

/** What a file says of a key; undefined of a file that is none. */
async function keyIn(file: string, name: string): Promise<RequestKey | undefined> {
  const id = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
  const text = await readFile(file, "utf8").catch(unlessMissing);
  // A file without any text was left by a full disk, before anything was begun.
  if (id === undefined || !text) return undefined;
  const kept = await stat(file).catch(unlessMissing);
  return kept && { id, at: Math.floor(kept.mtimeMs), ...noteIn(text) };
}

/** Of a note that is damaged it is known that there was one: nobody knows whether it was done. */
function noteIn(text: string): Pick<RequestKey, "asked" | "answer"> {
  try {
    const { asked = null, answer } = JSON.parse(text) as { asked?: string; answer?: unknown };
    return { asked, answer: answer === undefined ? null : JSON.stringify(answer) };
  } catch {
    return { asked: null, answer: null };
  }
}

/** A folder that cannot be put aside is taken over again, which changes nothing: it shall not keep anybody from writing. */
async function putAside(folder: string): Promise<void> {
  const aside = `${folder}.taken-over`;
  if (!(await isBlocked(folder, aside))) return;
  // An older version has run again after it was put aside.
  await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  await isBlocked(folder, aside);
}

/** Renames a folder, as far as that can be done. @returns whether another one of that name is in the way */
async function isBlocked(folder: string, aside: string): Promise<boolean> {
  try {
    await rename(folder, aside);
    return false;
  } catch (error) {
    return ["ENOTEMPTY", "EEXIST"].includes(String((error as NodeJS.ErrnoException).code));
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
