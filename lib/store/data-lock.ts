import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { failure } from "#lib/model/failure.ts";

/** The process that has a data folder. */
export interface DataOwner {
  readonly pid: number;
  /** When it took it, in ISO 8601. */
  readonly since: string;
}

/**
 * Takes a data folder for one process, until it ends, however it ends: SQLite locks a file of its own in the folder
 * through the system, which lets go of it with the process. Another file says whose it is.
 * @param self whose it is then
 * @returns what gives it back
 * @throws when another process has it
 */
export function lockData(data: string, self: DataOwner): () => void {
  mkdirSync(data, { recursive: true });
  const owner = join(data, "started.json");
  const lock = new DatabaseSync(join(data, "started.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (!/locked/.test(String(error))) throw error;
    throw failure(
      "DATA_IN_USE",
      `Candor runs on the data folder ${data} already${ownerIn(owner)}. Stop that one, or give this one a data folder of its own: set CANDOR_DATA.`,
    );
  }
  writeFileSync(owner, JSON.stringify(self));
  return () => lock.close();
}

/** The process that was started on a data folder and still runs, if any. */
export function startedOn(data: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(join(data, "started.json"), "utf8")) as { readonly pid: number };
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

/** Who has it, if that can be read: for a moment after it was locked, it cannot. */
function ownerIn(file: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, "utf8"));
    return ` (process ${pid}, since ${since})`;
  } catch {
    return "";
  }
}
