import { createHash, hash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import type { Content, PublishedEntry } from "#lib/model/site.ts";

/*
 * Content is kept as JSON packed with zstd. Each entry has a line of its own in it, so whoever has read one publication
 * reads only the new lines of the next. In what was published before this was so, all is one line.
 */

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

export function packContent(content: Content): Promise<Buffer> {
  const lines = content.entries.map((entry) => JSON.stringify(entry)).join(",\n");
  const parts = Object.entries(content).map(([key, value]) =>
    key === "entries" ? `"entries":[\n${lines}\n]` : `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return compress(`{${parts.join(",")}}`, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** The hash of the line that an entry was read from. */
const lineOf = new WeakMap<PublishedEntry, string>();

/** Unpacked in pieces of this many bytes; the library's own are so small that a large Content comes in hundreds of turns. */
const PIECE = 2 ** 22;

/** Lines that are looked at in one step: some milliseconds' work. */
const LINES_A_STEP = 1_000;

/**
 * Entries that are written as in `earlier`, which was unpacked too, are the very same objects.
 * @param version the SHA-256 that the content has to have, in hexadecimal
 * @throws when it is damaged
 */
export async function unpackContent(packed: Uint8Array, earlier?: Content, version?: string): Promise<Content> {
  const bytes = await decompress(packed, { chunkSize: PIECE });
  if (version !== undefined && versionOf(bytes) !== version) throw new Error("It is not what was stored.");
  const start = bytes.indexOf("\n");
  if (start < 0) return JSON.parse(String(bytes)) as Content;
  const end = bytes.lastIndexOf("\n");
  const known = new Map(earlier?.entries.map((entry) => [lineOf.get(entry), entry]));
  const entries: PublishedEntry[] = [];
  for (let from = start + 1; from < end; ) {
    const to = bytes.indexOf("\n", from);
    const line = bytes.subarray(from, to === end ? to : to - ",".length);
    const name = hash("sha256", line);
    const entry = known.get(name) ?? (JSON.parse(String(line)) as PublishedEntry);
    lineOf.set(entry, name);
    entries.push(entry);
    from = to + 1;
    if (entries.length % LINES_A_STEP === 0) await turn();
  }
  const rest = JSON.parse(bytes.toString("utf8", 0, start) + bytes.toString("utf8", end)) as Content;
  return { ...rest, entries };
}

/** The SHA-256 of the content as JSON: line breaks stand between the entries alone, as strings have none in JSON. */
function versionOf(bytes: Buffer): string {
  const sum = createHash("sha256");
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf("\n", from);
    sum.update(bytes.subarray(from, to < 0 ? bytes.length : to));
    from = to < 0 ? bytes.length : to + 1;
  }
  return sum.digest("hex");
}
