import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { putAside, unlessMissing } from "#lib/store/put-aside.ts";
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
