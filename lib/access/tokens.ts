import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { type Author, ROLES, type Role } from "#lib/model/access.ts";
import { failure } from "#lib/model/failure.ts";
import { replaceFile } from "#lib/store/replace-file.ts";

const tokenSchema = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  email: z.string().optional(),
  /** SHA-256 of the secret: of 256 random bits, no slower hash would keep anything safer. */
  hash: z.string(),
  /** Dates, `YYYY-MM-DD` in UTC. */
  addedOn: z.string(),
  expiresOn: z.string().optional(),
  usedOn: z.string().optional(),
});

/** A right to act, as it is kept: everything but the secret. */
export type Token = Readonly<z.output<typeof tokenSchema>>;

/** What `tokens add` says of a new one. */
export interface NewToken {
  /** The person or the machine; commits name it as their author. */
  readonly name: string;
  readonly role: Role;
  readonly email?: string | undefined;
  /** The last day on which it is good, in UTC. */
  readonly expiresOn?: string | undefined;
}

const PREFIX = "candor_";

/** As a name stands in the author line of a commit, where angle brackets and line ends mean something. */
export function isTokenName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} ._'-]{0,79}$/u.test(name) && name.trim() === name;
}

/** Every token there is, oldest first. @throws when the file is not what was written */
export async function listTokens(data: string): Promise<readonly Token[]> {
  return (await read(data)).tokens;
}

/** Adds a token. @returns its secret, which is nowhere kept; undefined when the name is taken */
export async function addToken(data: string, token: NewToken, now: number): Promise<string | undefined> {
  const secret = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const { name, role, email, expiresOn } = token;
  const added: Token = {
    name,
    role,
    ...(email === undefined ? {} : { email }),
    hash: hashOf(secret).toString("hex"),
    addedOn: dayOf(now),
    ...(expiresOn === undefined ? {} : { expiresOn }),
  };
  const isAdded = await change(data, (tokens) =>
    tokens.some((other) => other.name === name) ? undefined : [...tokens, added],
  );
  return isAdded ? secret : undefined;
}

/** @returns false when there is none of that name */
export function removeToken(data: string, name: string): Promise<boolean> {
  return change(data, (tokens) =>
    tokens.some((token) => token.name === name) ? tokens.filter((token) => token.name !== name) : undefined,
  );
}

/** The token whose secret this is, if it is good today; notes the day on which it was last used. */
export async function tokenOf(data: string, secret: string, now: number): Promise<Token | undefined> {
  const hash = hashOf(secret);
  const tokens = await listTokens(data);
  // All are compared, each in the same time, so that the time of an answer tells nothing.
  const [found] = tokens.filter((token) => timingSafeEqual(Buffer.from(token.hash, "hex"), hash));
  if (!found || isExpired(found, now)) return undefined;
  if (found.usedOn !== dayOf(now)) await noteUse(data, found, now);
  return found;
}

export function isExpired({ expiresOn }: Token, now: number): boolean {
  return expiresOn !== undefined && dayOf(now) > expiresOn;
}

/** As commits name the holder; addresses below `.invalid` are nobody's. */
export function authorOf({ name, email }: Token): Author {
  const local = name
    .normalize("NFD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase();
  return { name, email: email ?? `${local}@candor.invalid` };
}

async function noteUse(data: string, { hash }: Token, now: number): Promise<void> {
  await change(data, (tokens) =>
    tokens.map((token) => (token.hash === hash ? { ...token, usedOn: dayOf(now) } : token)),
  ).catch(() => false); // A full disk shall not keep anybody out at 03:00.
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** Another command changes the list for a moment only. */
const TRIES = 20;
const PAUSE_MS = 50;

/** @returns false when `edit` wants nothing changed */
async function change(
  data: string,
  edit: (tokens: readonly Token[]) => readonly Token[] | undefined,
): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { text, tokens } = await read(data);
    const after = edit(tokens);
    if (!after) return false;
    if (await replaceFile(fileOf(data), text, `${JSON.stringify(after, null, 2)}\n`, 0o600)) return true;
    await setTimeout(PAUSE_MS);
  }
  const message = `${fileOf(data)} is being changed by another command all the time. Try again.`;
  throw failure("BUSY", message);
}

async function read(data: string): Promise<{ text: string | undefined; tokens: readonly Token[] }> {
  const text = await readFile(fileOf(data), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return { text, tokens: [] };
  try {
    return { text, tokens: z.array(tokenSchema).parse(JSON.parse(text)) };
  } catch (cause) {
    const message = `${fileOf(data)} is not what “tokens add” wrote. Restore it, or remove it and add the tokens again.`;
    throw failure("BAD_TOKENS", message, { cause });
  }
}

function fileOf(data: string): string {
  return join(data, "tokens.json");
}
