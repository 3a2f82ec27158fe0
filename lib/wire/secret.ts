import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "./environment.ts";

/**
 * The secrets under which addresses are kept: the present one, then former ones. Where the environment says none, one
 * is made, once, and kept in the data folder, readable to this account alone.
 */
export async function readSecrets(environment: Environment): Promise<readonly [string, ...string[]]> {
  const { secret, formerSecrets = [], data } = environment;
  return [secret ?? (await ownSecret(data)), ...formerSecrets];
}

/** Where the secret stands that nobody has set. */
export function secretFile(data: string): string {
  return join(data, "secret");
}

async function ownSecret(data: string): Promise<string> {
  const file = secretFile(data);
  const known = await readIfThere(file);
  if (known !== undefined) return known;
  await mkdir(data, { recursive: true });
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  await writeFile(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
  try {
    // Whoever comes first has made it: a link never takes the place of a file.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(file, "utf8")).trim();
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
