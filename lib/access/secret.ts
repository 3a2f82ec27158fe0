import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "#lib/model/failure.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { replaceFile } from "#lib/store/replace-file.ts";

/**
 * The secrets under which addresses are kept: the present one, then former ones. Where the environment says none, one
 * is made, once, and kept in the data folder, readable to this account alone.
 */
export async function readSecrets(environment: Environment): Promise<readonly [string, ...string[]]> {
  const { secret, formerSecrets = [], data } = environment;
  if (secret !== undefined) return [secret, ...formerSecrets];
  return [...(await ownSecrets(data)), ...formerSecrets];
}

/**
 * Puts a new secret before those in the data folder's file. What is locked under the former ones stays readable, and so
 * do the links that they made.
 * @throws when the environment sets the secret: then it is changed there
 */
export async function renewSecret({ secret, data }: Environment): Promise<void> {
  if (secret !== undefined) {
    const message =
      "CANDOR_SECRET is set: give it a new value, put the old one into CANDOR_SECRET_FORMER, and restart everything.";
    throw failure("SECRET_IN_ENVIRONMENT", message);
  }
  const known = await ownSecrets(data);
  await keepSecrets(data, [newSecret(), ...known]);
}

/** Takes the former secrets out of the data folder's file: links that were made under them are good for nothing then. */
export async function forgetFormerSecrets({ data }: Environment): Promise<void> {
  const [present] = await ownSecrets(data);
  await keepSecrets(data, [present]);
}

async function keepSecrets(data: string, secrets: readonly string[]): Promise<void> {
  const before = await readFile(secretFile(data), "utf8");
  if (await replaceFile(secretFile(data), before, `${secrets.join("\n")}\n`, 0o600)) return;
  throw failure("BUSY", "Another command has just changed the secret. Look, then try again.");
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Where the secret stands that nobody has set. */
export function secretFile(data: string): string {
  return join(data, "secret");
}

/** One a line, the present one first. */
async function ownSecrets(data: string): Promise<[string, ...string[]]> {
  const [present = "", ...former] = (await ownSecret(data)).split(/\s+/);
  return [present, ...former];
}

async function ownSecret(data: string): Promise<string> {
  const file = secretFile(data);
  const known = await readIfThere(file);
  if (known !== undefined) return known;
  await mkdir(data, { recursive: true });
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  await writeFile(draft, `${newSecret()}\n`, { mode: 0o600, flag: "wx", flush: true });
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
