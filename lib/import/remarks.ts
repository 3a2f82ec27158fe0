import type { Note, Remark } from "./imported.ts";

/** Collects what an import has to say, each thing once. */
export class Remarks {
  readonly #said = new Map<string, Remark>();

  /** A way to remark on one file. */
  on(file: string): Note {
    return (what, reason, line) => {
      const remark = { file, ...(line === undefined ? {} : { line }), what, reason };
      this.#said.set(JSON.stringify(remark), remark);
    };
  }

  /** In order of file and line; what concerns a whole file first. */
  get all(): Remark[] {
    return [...this.#said.values()].sort((a, b) =>
      a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1,
    );
  }
}
