import type { Environment } from "#lib/settings/environment.ts";
import { lockData } from "./data-lock.ts";

/**
 * Takes the data folder for this process until it ends, if the database is in it: elsewhere any number may start.
 * @throws when another process has it, with which one and what to do
 */
export function claimData({ data, databaseUrl }: Environment): () => void {
  if (databaseUrl !== undefined) return () => undefined;
  return lockData(data, { pid: process.pid, since: new Date().toISOString() });
}
