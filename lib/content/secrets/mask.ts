import type { Problem } from "#lib/model/problem.ts";
import { findSecrets, type GuardedBy } from "./find.ts";

const UNGUARDED: GuardedBy = { deny: [] };

/** A text with everything secret in it blacked out. */
export function masked(text: string, guard: GuardedBy = UNGUARDED): string {
  let shown = "";
  let end = 0;
  for (const { offset, length, kind } of findSecrets(text, guard)) {
    shown += `${text.slice(end, offset)}[${kind}]`;
    end = offset + length;
  }
  return shown + text.slice(end);
}

/** A problem as it may be printed: neither its words nor the name of its file show a secret. */
export function withoutSecrets(problem: Problem, guard: GuardedBy = UNGUARDED): Problem {
  const { place, message, remedy, related } = problem;
  return {
    ...problem,
    place: { ...place, file: masked(place.file, guard) },
    message: masked(message, guard),
    remedy: masked(remedy, guard),
    ...(related ? { related: { ...related, file: masked(related.file, guard) } } : {}),
  };
}
