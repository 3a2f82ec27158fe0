/** What became of something, the gravest first: it is gone, it is another, nobody said it and it had to be written, or it is as it was. */
export const REMARK_KINDS = ["lost", "changed", "assumed", "noted"] as const;
export type RemarkKind = (typeof REMARK_KINDS)[number];

/** Something that could not be carried as it was, or that had to be interpreted. */
export interface Remark {
  readonly kind: RemarkKind;
  /** The foreign file. */
  readonly file: string;
  /** Where in it, counted from 1. */
  readonly line?: number;
  /** What was met there. */
  readonly what: string;
  /** Why it could not be carried as it was, and what was done instead. */
  readonly reason: string;
}
