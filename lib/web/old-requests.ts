import { join } from "node:path";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { insertRequestKeys, type RequestKey } from "#lib/store/request-keys.ts";
import { type OldFile, takeOverFolder } from "#lib/store/take-over-folder.ts";

/** What nobody knows without the database. */
export const BEFORE = "nobody knows whether this was done before";

/** Takes over the keys in the folder `requests`, where versions before kept them. */
export async function takeOverRequests(database: Database, data: string): Promise<void> {
  await takeOverFolder(join(data, "requests"), /^([0-9a-f]{64})\.json$/, keyIn, (keys) =>
    insertRequestKeys(database, keys).catch(orAway(BEFORE)),
  );
}

/** What a file says of a key; undefined of one without any text, which a full disk has left before anything was begun. */
function keyIn({ id, text, at }: OldFile): RequestKey | undefined {
  return text === "" ? undefined : { id, at, ...noteIn(text) };
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
