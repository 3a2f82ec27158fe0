import type { Problem } from "#lib/model/problem.ts";

/** More than these of one kind in one file tell nobody more, and a hostile file has a hundred thousand. */
const FEW = 20;

/** A problem less the name and severity of what found it. */
export type Found = Omit<Problem, "rule" | "severity">;

/** The first problems of one kind in a file; where there are more, a last one says so. Takes no more than it shows. */
export function firstFew<P extends Found>(problems: Iterable<P>): P[] {
  const few: P[] = [];
  for (const problem of problems) {
    if (few.length < FEW) {
      few.push(problem);
      continue;
    }
    const message = "There are more problems of this kind below.";
    few.push({ ...problem, message, remedy: "Mend those above, then check again." });
    break;
  }
  return few;
}
