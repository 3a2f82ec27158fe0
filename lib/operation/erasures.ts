import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Vault } from "#lib/access/vault.ts";
import { type Ended, endedIn, endedMark } from "#lib/store/carry-over.ts";
import type { Database } from "#lib/store/dialect.ts";
import { confirmations } from "#lib/store/subscriptions.ts";

/**
 * The list of subscriptions that are over, by pseudonym, kept beside the ledger's head: a backup that is older than an
 * erasure, restored where the database is gone, must not bring anybody back. It is signed under the secret, so nobody can
 * take a line out.
 */
export interface Erasures {
  /** Writes the list anew if it has changed: what the file knows stays in it, also when the database has lost it. */
  keep(): Promise<void>;
}

const USE = "erasures";

function fileIn(data: string): string {
  return join(data, "erasures.json");
}

export function openErasures(database: Database, vault: Vault, data: string): Erasures {
  let kept = "";
  return {
    async keep() {
      const mark = await endedMark(database);
      if (mark === kept) return;
      const now = await endedIn(database);
      const before = (await readErasures(vault, data)) ?? [];
      const active = await confirmedSince(database, before);
      const merged = new Map(before.filter((one) => !active.has(keyOf(one))).map((one) => [keyOf(one), one]));
      for (const one of now) merged.set(keyOf(one), one);
      if (merged.size > 0 || before.length > 0) await write(vault, data, [...merged.values()]);
      kept = mark;
    },
  };
}

/** What the file says; nothing where there is none, or where it is not as it was written. */
export async function readErasures(vault: Vault, data: string): Promise<readonly Ended[] | undefined> {
  try {
    const { list, proof } = JSON.parse(await readFile(fileIn(data), "utf8")) as { list: string; proof: string };
    if (typeof list !== "string" || typeof proof !== "string" || !vault.isProof(proof, USE, list)) return undefined;
    return JSON.parse(list) as Ended[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function write(vault: Vault, data: string, ended: readonly Ended[]): Promise<void> {
  const list = JSON.stringify(ended);
  await mkdir(data, { recursive: true });
  const draft = `${fileIn(data)}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ list, proof: vault.proof(USE, list) }), { mode: 0o600, flush: true });
  await rename(draft, fileIn(data));
}

/** Those who have subscribed again since they left. */
async function confirmedSince(database: Database, ended: readonly Ended[]): Promise<ReadonlySet<string>> {
  if (ended.length === 0) return new Set();
  const confirmed = new Map((await confirmations(database)).map((one) => [keyOf(one), one.at]));
  return new Set(ended.filter((one) => (confirmed.get(keyOf(one)) ?? 0) > one.at).map(keyOf));
}

function keyOf({ channel, subscriber }: Pick<Ended, "channel" | "subscriber">): string {
  return `${channel} ${subscriber}`;
}
