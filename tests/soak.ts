import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const ARTIFACTS = join(import.meta.dirname, "../artifacts");

/** Whether everything is tested at its full length: `npm run soak -- suite` says so. */
export const isSoak = process.env["CANDOR_SOAK"] === "1";

/** How many of `all` cases are tested: `few` in the suite. `what` tells them from those of other tests. */
export function countOf(what: string, few: number, all: number): number {
  if (!isSoak) note(what, all - few);
  return isSoak ? all : few;
}

/** Which of `all` cases are tested: `few` of them in the suite. `what` tells them from those of other tests. */
export function casesOf<Case>(what: string, few: readonly Case[], all: readonly Case[]): readonly Case[] {
  return countOf(what, few.length, all.length) === few.length ? few : all;
}

/** Lists what is left to the soak, for `npm test` to say. Several processes may read a file of tests; they say the same. */
function note(what: string, count: number): void {
  mkdirSync(ARTIFACTS, { recursive: true });
  appendFileSync(join(ARTIFACTS, "left-to-soak"), `${count} ${what}\n`);
}
