import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";

/** A finished answer, as it is kept. */
export interface Page {
  readonly status: number;
  readonly type: string;
  /** Where a redirect leads. */
  readonly location?: string;
  /** What it belongs to (RFC 8288). */
  readonly link?: string;
  /** Its own Content Security Policy. */
  readonly policy?: string;
  readonly body: Buffer;
  /** Strong validator of the body (RFC 9110, section 8.8.3), without quotes. */
  readonly etag: string;
  /** Compressed forms, made when first asked for. */
  readonly packed: Map<string, Promise<Buffer>>;
}

/** Bytes of answers kept in memory at the most, those of the present and, for bad moments, those of the past. */
const MAX_BYTES = 40_000_000;
const MAX_PAST_BYTES = 16_000_000;

/** An answer with its compressed forms, roughly. */
const sizeOf = ({ body }: Page): number => 2 * body.length + 1_000;

/** How long a refusal is kept, in milliseconds: what is not there now may be there with the next publication. */
const REFUSAL_MS = 1_000;

/** Smaller answers gain nothing from compression. */
const WORTH_PACKING = 512;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Keeps finished answers under the stamp of the Site they were made from; a new stamp leaves all older ones behind. */
export class PageCache {
  readonly #pages = new LRUCache<string, Page>({ maxSize: MAX_BYTES, sizeCalculation: sizeOf });
  readonly #last = new LRUCache<string, Page>({ maxSize: MAX_PAST_BYTES, sizeCalculation: sizeOf });
  readonly #underWay = new Map<string, Promise<Page>>();

  /** The newest good page of an address, whatever it was made from: better than none when a new one cannot be made. */
  last(address: string): Page | undefined {
    return this.#last.get(address);
  }

  /** The page of a key; made once, however many ask for it at the same time. */
  async get(key: string, address: string, make: () => Promise<Page>): Promise<Page> {
    const kept = this.#pages.get(key);
    if (kept) return kept;
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#underWay.set(key, made);
    try {
      const page = await made;
      this.#pages.set(key, page, page.status === 200 ? {} : { ttl: REFUSAL_MS });
      if (page.status === 200 && key !== address) this.#last.set(address, page);
      return page;
    } finally {
      this.#underWay.delete(key);
    }
  }
}

export function page(status: number, type: string, body: Buffer, location?: string): Page {
  const etag = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return { status, type, body, etag, packed: new Map(), ...(location === undefined ? {} : { location }) };
}

/** The body in the best coding that the reader accepts (RFC 9110, section 12.5.3), with the coding's name. */
export async function pack(page: Page, accepted: string): Promise<{ body: Buffer; coding?: "br" | "gzip" }> {
  if (
    page.body.length < WORTH_PACKING ||
    !/^(?:text\/|application\/(?:[\w.+-]*(?:json|xml|javascript))|image\/svg)/.test(page.type)
  ) {
    return { body: page.body };
  }
  const coding = accepts(accepted, "br") ? "br" : accepts(accepted, "gzip") ? "gzip" : undefined;
  if (!coding) return { body: page.body };
  const packing =
    page.packed.get(coding) ?? (coding === "br" ? brotli(page.body, brotliOptions(page.body)) : zip(page.body));
  page.packed.set(coding, packing);
  return { body: await packing, coding };
}

function accepts(accepted: string, coding: string): boolean {
  return accepted.split(",").some((part) => {
    const [name, weight] = part.split(";").map((piece) => piece.trim().toLowerCase());
    return name === coding && !/^q=0(?:\.0*)?$/.test(weight ?? "");
  });
}

function brotliOptions(body: Buffer) {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 6,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  };
}
