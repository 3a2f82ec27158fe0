import type { Place } from "./problem.ts";

/** What a company says of its secrets in `site.yaml`. */
export interface GuardSettings {
  /** Names that must not be published, such as a customer's or a project's. */
  readonly deny: readonly string[];
  /** What may stand although it looks like a secret. */
  readonly allow: readonly Allowance[];
}

export interface Allowance {
  /** A kind of secret (`internal-host`), or the fingerprint of a single one (`fp-1a2b3c`). */
  readonly match: string;
  /** The file in which it may stand, or a folder with a closing slash; everywhere when left out. */
  readonly file?: string;
  /** Why that is no secret. */
  readonly reason: string;
  /** Where `site.yaml` says so. */
  readonly place: Place;
}
