/** A place in a file. Lines and columns count from 1; columns count UTF-16 units, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something the author should know about a file: what is wrong, where, and how to mend it. */
export interface Problem {
  /** The rule's id, such as `unknown-component`. */
  readonly rule: string;
  /** An `error` keeps the file out of the Site; a `warning` does not. */
  readonly severity: "error" | "warning";
  readonly place: Place;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** How to mend it, as a sentence. */
  readonly remedy: string;
  /** Another place that explains this one, such as the first use of a duplicate. */
  readonly related?: Place;
}

/** A value as far as it could be read, with everything that was wrong on the way. */
export interface Parsed<T> {
  /** Absent when an error made the value unusable. */
  readonly value?: T;
  readonly problems: readonly Problem[];
}
