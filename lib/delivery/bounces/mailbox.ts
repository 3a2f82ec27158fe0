import { existsSync, statSync } from "node:fs";
import { readdir, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "#lib/model/failure.ts";
import { MOST_BOUNCE_BYTES } from "../channels/bounce.ts";
import type { Taken } from "./take.ts";

/** How often the folder is looked at, in milliseconds. */
const LOOK_MS = 5_000;

/** How long a mail may wait for what it speaks of to be written down, in milliseconds. */
const EARLY_MS = 3_600_000;

/**
 * Whether a folder is a Maildir: `new` for mails that nobody has read, `cur` for those that were.
 * @throws when it is none
 */
export function requireMaildir(folder: string): void {
  const isThere = ["new", "cur"].every(
    (name) => existsSync(join(folder, name)) && statSync(join(folder, name)).isDirectory(),
  );
  if (isThere) return;
  const message =
    "MAIL_BOUNCES_FOLDER is not a Maildir (a folder with “new” and “cur” in it). Correct it and start again.";
  throw failure("NO_MAILDIR", message);
}

export interface MailboxOptions {
  readonly folder: string;
  readonly take: (raw: Uint8Array) => Promise<Taken>;
  readonly clock: () => number;
  /** Something did not work and is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Reads every mail that comes into a Maildir, once; what was read lies in `cur` as seen. */
export function watchMailbox(options: MailboxOptions): { stop(): Promise<void> } {
  let going: Promise<void> | undefined;
  const look = () => {
    going ??= readMailbox(options)
      .catch(options.onError)
      .finally(() => {
        going = undefined;
      });
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      await going;
    },
  };
}

/** A mail that breaks off here is read again: taken twice, it counts once. */
export async function readMailbox({ clock, folder, take }: MailboxOptions): Promise<void> {
  for (const name of (await readdir(join(folder, "new"))).toSorted()) {
    const file = join(folder, "new", name);
    // Several workers may share the folder.
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) continue;
    const taken = found.size > MOST_BOUNCE_BYTES ? "foreign" : await take(await readFile(file));
    if (taken === "early" && found.mtimeMs > clock() - EARLY_MS) continue;
    await rename(file, join(folder, "cur", `${name}:2,S`)).catch(() => undefined);
  }
}
