import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeptMoment } from "./doubt.ts";

/** The last moment at which the clock was held to be right stands here, in the data folder of each machine. */
function fileIn(data: string): string {
  return join(data, "clock.json");
}

export async function keptMoment(data: string): Promise<KeptMoment | undefined> {
  try {
    const { at, boot, upMs, wrongUntil } = JSON.parse(await readFile(fileIn(data), "utf8")) as Partial<KeptMoment>;
    if (!(Number.isFinite(at) && Number.isFinite(upMs)) || typeof boot !== "string") return undefined;
    const kept = { at: Number(at), upMs: Number(upMs), boot };
    return Number.isFinite(wrongUntil) ? { ...kept, wrongUntil: Number(wrongUntil) } : kept;
  } catch (error) {
    // A file that cannot be understood is none: what the store has seen is looked at all the same.
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export async function keepMoment(data: string, moment: KeptMoment): Promise<void> {
  await mkdir(data, { recursive: true });
  const draft = `${fileIn(data)}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(moment), { mode: 0o600 });
  await rename(draft, fileIn(data));
}
