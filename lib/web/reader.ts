import type { Site } from "#lib/model/site.ts";
import type { ImageFile } from "#lib/store/snapshots.ts";

/** How far the Site goes. */
export interface Told {
  /** The last pushed event that it covers. */
  readonly last: number;
  /** The store has not answered for a while: something newer may have been published. */
  readonly isLate: boolean;
}

/** What the pages may ask for: the Site of this moment, and the pictures it shows. */
export interface Reader {
  /** The Site as it is now; the same object for as long as it stays true. */
  site(): Site;
  /** The moment of this answer, in milliseconds since the epoch, rounded down to a minute. */
  now(): number;
  image(hash: string): Promise<ImageFile | undefined>;
  /** How far what is shown goes; absent where nothing is pushed. */
  told?(): Told;
}

/** Pages are bundled apart from the server that hosts them, so the two meet under one name of the process. */
const KEY = Symbol.for("candor.reader");
const shared = globalThis as { [KEY]?: Reader };

export function provideReader(reader: Reader): void {
  shared[KEY] = reader;
}

/** @throws when the pages run outside Candor's own server */
export function reader(): Reader {
  const provided = shared[KEY];
  if (!provided) throw new Error("The pages need Candor's server: start it with “npm start” or “candor serve”.");
  return provided;
}
