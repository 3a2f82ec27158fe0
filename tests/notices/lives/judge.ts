import { SETTINGS } from "../world.ts";
import { addedWords, type Raw, readRaw } from "./raw.ts";
import type { Lived } from "./relive.ts";

/** One version of an incident's file as a person reads it, beside what subscribers heard of it. */
export interface Judged {
  /** Which life, and which version of its file, counted from 1. */
  readonly life: number;
  readonly version: number;
  readonly happened: Happened;
  readonly heard: readonly string[];
  /** Why somebody might have told it otherwise; absent where nobody would. */
  readonly doubt?: string;
}

type Happened =
  | "a beginning"
  | "work ahead"
  | "an update"
  | "another time"
  | "an end"
  | "a return"
  | "rewording"
  | "something old";

type Verdict = Pick<Judged, "happened" | "doubt">;

const DAY = SETTINGS.announceWithinMs;

/** So few new words are no update of their own. */
const FEW_WORDS = 8;

/** Nobody waits for so short a time. */
const FEW_MINUTES = 600_000;

const hours = (ms: number) => `${Math.round(ms / 3_600_000).toLocaleString("en")} hours`;

/** Reads the lives of a site's incidents as a careful person would, and holds what was told against it. */
export function judge(lived: readonly Lived[], firstLife: number): readonly Judged[] {
  const lives = [...Map.groupBy(lived, ({ version }) => version.path).values()];
  return lives.flatMap((life, index) => judgeLife(life).map((judged) => ({ life: firstLife + index, ...judged })));
}

function judgeLife(life: readonly Lived[]): Omit<Judged, "life">[] {
  let before: Raw | undefined;
  let hasHeard = false;
  const isEverTold = life.some(({ told, toldLater }) => told.length + toldLater.length > 0);
  return life.map((lived, index) => {
    const { version, told, toldLater } = lived;
    const now = readRaw(version.raw);
    const kinds = told.map(({ kind }) => kind);
    const kindsLater = toldLater.map(({ kind }) => kind);
    const change = before && { before, now, at: version.at, kinds, kindsLater, hasHeard };
    const verdict = change ? judgeChange(change) : judgeFirst(now, lived, isEverTold);
    before = now;
    hasHeard ||= told.length + toldLater.length > 0;
    const heard = [...told.map(({ kind }) => kind), ...toldLater.map(({ kind }) => `${kind} in time`)];
    return { version: index + 1, heard, ...verdict };
  });
}

function judgeFirst(now: Raw, { version: { at }, told, toldLater }: Lived, isEverTold: boolean): Verdict {
  const { begins = at, ends = begins, isResolved } = now;
  const kinds = [...told, ...toldLater].map(({ kind }) => kind);
  if (begins > at)
    return { happened: "work ahead", ...doubtOf(aheadDoubt(now, told.length > 0, begins - at, isEverTold)) };
  const old = at - (isResolved ? ends : begins);
  if (old > DAY && kinds.length === 0) return { happened: "something old" };
  const happened = isResolved ? "an end" : "a beginning";
  if (old > DAY) return { happened, doubt: `${hours(old)} old when first written down, and told` };
  if (kinds.length === 0) return { happened, doubt: silenceOf(now) };
  const isSo = kinds.some((kind) => (isResolved ? /resolved|ended/ : /opened|begun|scheduled/).test(kind));
  return { happened, ...doubtOf(isSo ? undefined : `told as ${kinds.join(", ")}`) };
}

function aheadDoubt({ isResolved, isPlanned }: Raw, isTold: boolean, ahead: number, isEverTold: boolean) {
  if (!isEverTold) return `written ${hours(ahead)} ahead${isResolved ? ", as resolved already" : ""}: never told`;
  if (isTold || ahead <= FEW_MINUTES) return undefined;
  if (!isPlanned)
    return `dated ${Math.round(ahead / 60_000).toLocaleString("en")} minutes ahead: told when its time came`;
  return `work planned ${hours(ahead)} ahead without an end, so that it is no maintenance: told when it began`;
}

function silenceOf({ isResolved, isPlanned }: Raw): string {
  if (isResolved && isPlanned) return "maintenance that was over when first written down: not told";
  return isResolved ? "not told" : "not resolved, with an end that is past: not told";
}

interface Change {
  readonly before: Raw;
  readonly now: Raw;
  readonly at: number;
  /** What publishing it told. */
  readonly kinds: readonly string[];
  /** What its times told before the next version. */
  readonly kindsLater: readonly string[];
  /** Whether anything was told before. */
  readonly hasHeard: boolean;
}

function judgeChange(change: Change): Verdict {
  const { before, now, kinds } = change;
  if (!before.isResolved && now.isResolved) return judgeEnd(change);
  if (before.isResolved && !now.isResolved) {
    const doubt = kinds.length > 0 ? `told as ${kinds.join(", ")}` : "its state was set back without a word: not told";
    return { happened: "a return", doubt };
  }
  return judgeText(change);
}

function judgeEnd({ now, at, kinds, kindsLater, hasHeard }: Change): Verdict {
  const isEnd = (kind: string) => /resolved|ended|cancelled/.test(kind);
  if (kinds.some(isEnd)) return { happened: "an end" };
  const late = at - (now.ends ?? at);
  if (late < 0 && kindsLater.some(isEnd)) {
    const ahead = `dated ${Math.round(-late / 60_000).toLocaleString("en")} minutes ahead: told when its time came`;
    return { happened: "an end", ...doubtOf(-late > FEW_MINUTES ? ahead : undefined) };
  }
  if (kinds.length > 0) return { happened: "an end", doubt: `told as ${kinds.join(", ")}` };
  if (!hasHeard && late > DAY) return { happened: "something old" };
  if (late > 7 * DAY) return { happened: "an end", doubt: `written down ${hours(late)} late: not told` };
  const before = hasHeard
    ? "the end by its own time was told before: not told again"
    : "its beginning was not told, and its end neither";
  return { happened: "an end", doubt: before };
}

function judgeText({ before, now, at, kinds }: Change): Verdict {
  const words = addedWords(before, now);
  const isNew = now.marks > before.marks || words >= FEW_WORDS;
  const isRetimed = before.begins !== now.begins || (now.isPlanned && before.ends !== now.ends);
  const isRetold = kinds.length > 0 && kinds.every((kind) => /moved|begun|opened|ended|resolved/.test(kind));
  if (isRetimed && isRetold) return { happened: "another time" };
  if (kinds.length > 0) {
    return isNew ? { happened: "an update" } : { happened: "rewording", doubt: `told as ${kinds.join(", ")}` };
  }
  if (words < FEW_WORDS) return { happened: "rewording" };
  if (now.isResolved && at - (now.ends ?? at) > DAY) return { happened: "something old" };
  const marked = now.marks > before.marks ? "with a label" : "without a label or a time of their own";
  const where = now.isResolved ? " after its end" : "";
  return { happened: "an update", doubt: `${words} words more${where}, ${marked}: not told` };
}

function doubtOf(doubt: string | undefined): Pick<Judged, "doubt"> {
  return doubt === undefined ? {} : { doubt };
}
