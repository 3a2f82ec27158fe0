import { slugOf } from "../author/slug.ts";
import type { ForeignFile } from "./imported.ts";

/** Where a text stood: its address on the old site, and the folder of its file, for what is kept beside it. */
export interface Stand {
  readonly address: string;
  readonly folder: string;
}

const PICTURE = /\.(png|jpe?g|gif|webp|avif|svg)$/i;

/** The pictures among the given files, and those of them that incidents show. */
export class Pictures {
  readonly #files: ReadonlyMap<string, ForeignFile>;
  readonly #root: string;
  readonly #placed = new Map<string, ForeignFile>();

  constructor(files: readonly ForeignFile[], root: string) {
    this.#files = new Map(files.filter(({ path }) => PICTURE.test(path)).map((file) => [file.path, file]));
    this.#root = root;
  }

  /** In order of their paths. */
  get assets(): { path: string; bytes: Uint8Array }[] {
    return [...this.#placed].map(([path, { bytes }]) => ({ path, bytes })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The files among the given ones that incidents show. */
  get shown(): { file: ForeignFile }[] {
    return [...this.#placed.values()].map((file) => ({ file }));
  }

  /**
   * Puts the picture an incident shows beside its file, `<folder>/<slug>-<name>`.
   * @returns its name there; undefined when it is not among the given files
   */
  place(address: string, source: Stand, folder: string, slug: string): string | undefined {
    if (this.#placed.has(`${folder}/${address}`)) return address;
    const file = this.#find(address, source);
    if (!file) return undefined;
    const base = file.path.slice(file.path.lastIndexOf("/") + 1);
    const extension = PICTURE.exec(base)?.[0].toLowerCase() ?? "";
    const plain = slugOf(base.slice(0, -extension.length)) || "picture";
    let name = `${plain.startsWith(slug) ? plain : `${slug}-${plain}`}${extension}`;
    for (let count = 2; (this.#placed.get(`${folder}/${name}`) ?? file) !== file; count += 1)
      name = `${slug}-${plain}-${count}${extension}`;
    this.#placed.set(`${folder}/${name}`, file);
    return name;
  }

  /** Sites serve `static/` or `public/` at the root, and what lies beside a page beside it. */
  #find(address: string, source: Stand): ForeignFile | undefined {
    const written = address.replace(/[?#].*$/, "");
    const plain = URL.canParse(`https://x/${written}`) ? safelyDecoded(written) : written;
    const path = new URL(encodeURI(plain), `https://x${source.address}`).pathname;
    const served = safelyDecoded(path).replace(/^\/+/, "");
    const beside = plain.startsWith("/") ? [] : [source.folder + plain.replace(/^\.\//, "")];
    const above = ["static/", "content/", "assets/", "public/", "source/", ""].map(
      (folder) => this.#root + folder + served,
    );
    const loose = ["static/", ""].map((folder) => this.#root + folder + plain.replace(/^(?:\.{0,2}\/)+/, ""));
    return [...beside, ...above, ...loose]
      .map((candidate) => this.#files.get(candidate))
      .find((file) => file !== undefined);
  }
}

function safelyDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
