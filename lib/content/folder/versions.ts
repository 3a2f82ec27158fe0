import { createHash } from "node:crypto";
import { createTwoFilesPatch } from "diff";
import { LRUCache } from "lru-cache";

/** Which state of a file somebody saw: a name for its bytes. */
export function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** In characters; files are small, so this holds hundreds of states. */
const MOST = 20_000_000;

/**
 * The states of files that somebody was shown, so that whoever meets another's change can be told what it was. They are
 * kept in memory: after a restart a change is still seen, only not shown.
 */
export class Versions {
  readonly #texts = new LRUCache<string, string>({ maxSize: MOST, sizeCalculation: (text) => text.length + 1 });

  /** Keeps a state. @returns its version */
  keep(text: string): string {
    const version = versionOf(text);
    this.#texts.set(version, text);
    return version;
  }

  /** What has changed in a file since a version of it, as a unified diff; undefined when that is no longer known. */
  diff(file: string, since: string, now: string): string | undefined {
    const before = this.#texts.get(since);
    if (before === undefined) return undefined;
    return createTwoFilesPatch(file, file, before, now, "as you saw it", "as it is now");
  }
}
