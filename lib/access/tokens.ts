import { createHash, randomBytes } from "node:crypto";
import type { Author, Role, Token } from "#lib/model/access.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { orAway } from "#lib/store/away.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { insertToken, listedTokens, markTokenRemoved, noteTokenUsed, tokenByHash } from "#lib/store/tokens.ts";
import { takeOverTokens } from "./old-tokens.ts";

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

/**
 * The tokens in a database, which every server on it has in common. Whoever asks for them takes over what an older version
 * has left in the data folder, so that none is overlooked.
 */
export class Tokens {
  readonly #database: Database;
  readonly #data: string;

  constructor(database: Database, data: string) {
    this.#database = database;
    this.#data = data;
  }

  /** Every token there is, oldest first. */
  async list(): Promise<readonly Token[]> {
    await this.#takeOver();
    return await listedTokens(this.#database);
  }

  /** Adds a token. @returns its secret, which is nowhere kept; undefined when the name is taken */
  async add({ name, role, email, expiresOn }: NewToken, now: number): Promise<string | undefined> {
    await this.#takeOver();
    const secret = `${PREFIX}${randomBytes(32).toString("base64url")}`;
    const token: Token = {
      name,
      role,
      ...(email === undefined ? {} : { email }),
      hash: hashOf(secret),
      addedOn: dayOf(now),
      ...(expiresOn === undefined ? {} : { expiresOn }),
    };
    return (await insertToken(this.#database, token, now)) ? secret : undefined;
  }

  /** @returns false when there is none of that name */
  async remove(name: string, now: number): Promise<boolean> {
    await this.#takeOver();
    return await markTokenRemoved(this.#database, name, dayOf(now));
  }

  /**
   * The token whose secret this is, if it is good today; notes the day on which it was last used.
   * @throws with the code `DATABASE_AWAY` when it cannot be asked for: that says nothing about the secret
   */
  async ofSecret(secret: string, now: number): Promise<Token | undefined> {
    const found = await this.ofHash(hashOf(secret), now);
    // A full disk shall not keep anybody out at 03:00.
    if (found && found.usedOn !== dayOf(now))
      await noteTokenUsed(this.#database, found.hash, dayOf(now)).catch(() => undefined);
    return found;
  }

  /**
   * The same by the hash of the secret. The index finds it, in a time that depends on the hash: that tells nothing, as nobody
   * can choose a secret by how its SHA-256 begins, and the hash alone opens nothing.
   */
  async ofHash(hash: string, now: number): Promise<Token | undefined> {
    await this.#takeOver();
    const found = await tokenByHash(this.#database, hash).catch(orAway("nobody knows whose token this is"));
    return found && !isExpired(found, now) ? found : undefined;
  }

  async #takeOver(): Promise<void> {
    await takeOverTokens(this.#database, this.#data);
  }
}

/** Does something with the tokens of an environment, for a command that needs nothing else of the database. */
export async function withTokens<T>(environment: Environment, work: (tokens: Tokens) => Promise<T>): Promise<T> {
  await using database = await openDatabase(databaseOf(environment));
  return await work(new Tokens(database, environment.data));
}

/** Whether its last day is over. @param now milliseconds since the epoch */
export function isExpired({ expiresOn }: Pick<Token, "expiresOn">, now: number): boolean {
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

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
