import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ROLES, type Token } from "#lib/model/access.ts";
import { failure } from "#lib/model/failure.ts";
import { orAway } from "#lib/store/away.ts";
import type { Database } from "#lib/store/dialect.ts";
import { putAside, unlessMissing } from "#lib/store/put-aside.ts";
import { insertTokens } from "#lib/store/tokens.ts";

/** A token as the file had it. */
const tokenSchema = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  email: z.string().exactOptional(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  addedOn: z.iso.date(),
  expiresOn: z.string().exactOptional(),
  usedOn: z.string().exactOptional(),
});

/**
 * Takes over the tokens of `tokens.json`, where versions before kept them: into the database first, and only then is the
 * file put aside. A crash between the two has them taken again, which changes nothing: they are known by then.
 * @throws with the code `BAD_TOKENS`, and with nothing changed, when the file is not what was written
 */
export async function takeOverTokens(database: Database, data: string): Promise<void> {
  const file = join(data, "tokens.json");
  const text = await readFile(file, "utf8").catch(unlessMissing);
  if (text === undefined) return;
  await insertTokens(database, tokensIn(text, file)).catch(orAway("nobody knows which tokens there are"));
  await putAside(file);
}

function tokensIn(text: string, file: string): readonly Token[] {
  try {
    return z.array(tokenSchema).parse(JSON.parse(text));
  } catch (cause) {
    const message = `${file} is not what “tokens add” wrote. Restore it, or remove it and add the tokens again.`;
    throw failure("BAD_TOKENS", message, { cause });
  }
}
