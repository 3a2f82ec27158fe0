import type { Remark, RemarkKind } from "#lib/model/remark.ts";
import type { Note } from "./imported.ts";

/** Collects what an import has to say, each thing once. */
export class Remarks {
  readonly #said = new Map<string, Remark>();

  /** A way to remark on one file. */
  on(file: string): Note {
    return (what, reason, line) => {
      const remark = { kind: kindOf(reason), file, ...(line === undefined ? {} : { line }), what, reason };
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

/** The words by which reasons of one kind are known, the gravest kind first. A reason without any is of the kind `noted`. */
const KINDS: readonly (readonly [RemarkKind, RegExp])[] = [
  [
    "lost",
    /\bleft (?:out|behind)\b|\bnone of it was carried\b|\bwas passed over\b|\bcut there\b|\bno place\b|\bnot carried\b/,
  ],
  [
    "assumed",
    /(?<!as it )\bwas (?:written|added|concluded)\b|\ball that is known\b|\broughly\b|\bnothing says\b|\bstands? at\b|\bassumed\b/,
  ],
  [
    "changed",
    /\b(?:carried|taken|read|shown) as\b|\bwas taken\b|\bbecame\b|\bnow \S|\bkept as text\b|\bits text was kept\b|\bread line by line\b/,
  ],
];

/** What a reason says became of something: the kind by which remarks are ranked and counted. */
function kindOf(reason: string): RemarkKind {
  return KINDS.find(([, words]) => words.test(reason))?.[0] ?? "noted";
}
