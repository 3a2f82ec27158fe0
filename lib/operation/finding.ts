/** What one look at an installation came to. */
export interface Finding {
  readonly check: string;
  readonly state: "ok" | "warn" | "fail";
  /** What was found. */
  readonly said: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** A finding of the one who looks: which check it was, the others know. */
export type Answer = Omit<Finding, "check">;

export function ok(said: string): Answer {
  return { state: "ok", said };
}
