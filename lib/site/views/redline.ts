import { type ArrayChange, diffArrays, diffWordsWithSpace } from "diff";
import { type ReportBlock, reportBlocks } from "./report-blocks.ts";

/** A run of words that both versions of a report have, or only one. */
export interface Run {
  readonly is: "same" | "added" | "removed";
  readonly text: string;
}

/** A block of the report with what was done to it. */
export interface RedlineBlock {
  readonly kind: ReportBlock["kind"];
  readonly is: "same" | "added" | "removed" | "changed";
  readonly runs: readonly Run[];
}

/** What changed between two versions of a report. */
export interface Redline {
  /** All blocks of both versions, in the order in which they are read. */
  readonly blocks: readonly RedlineBlock[];
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** Texts further apart than this many steps are shown as one removed and one added: comparing them costs more than it tells. */
const MOST_STEPS = 2_000;

/** Blocks that share less than this share of their words are two blocks, not one that was changed. */
const ALIKE = 0.4;

/** Compares two versions of a report, block by block and, in those that changed, word by word. */
export function redline(before: string, after: string): Redline {
  const [old, fresh] = [reportBlocks(before), reportBlocks(after)];
  const isEqual = (a: ReportBlock, b: ReportBlock) => a.kind === b.kind && a.source === b.source;
  const changes = diffArrays(old, fresh, { comparator: isEqual, maxEditLength: MOST_STEPS }) ?? [
    { value: old, removed: true, added: false, count: old.length },
    { value: fresh, removed: false, added: true, count: fresh.length },
  ];
  const blocks = changes.flatMap((change, index) => blocksOf(change, changes[index - 1], changes[index + 1]));
  const count = (is: RedlineBlock["is"]) => blocks.filter((block) => block.is === is).length;
  return { blocks, added: count("added"), removed: count("removed"), changed: count("changed") };
}

type Change = ArrayChange<ReportBlock>;

/** A run of removed blocks is told together with the run of added ones beside it: some of them are changed ones. */
function blocksOf(change: Change, previous: Change | undefined, next: Change | undefined): RedlineBlock[] {
  if (change.removed) return pairs(change.value, next?.added ? next.value : []);
  if (change.added) return previous?.removed ? [] : pairs([], change.value);
  return change.value.map(({ kind, text }) => ({ kind, is: "same", runs: [{ is: "same", text }] }));
}

/** Goes through both runs in order; a removed block meets the next added one that is like it. */
function pairs(removed: readonly ReportBlock[], added: readonly ReportBlock[]): RedlineBlock[] {
  const blocks: RedlineBlock[] = [];
  let from = 0;
  for (const old of removed) {
    const found = added.findIndex((fresh, index) => index >= from && index < from + NEAR && isAlike(old, fresh));
    if (found === -1) {
      blocks.push(whole(old, "removed"));
      continue;
    }
    for (const fresh of added.slice(from, found)) blocks.push(whole(fresh, "added"));
    const fresh = added[found] as ReportBlock;
    blocks.push({ kind: fresh.kind, is: "changed", runs: runsOf(old, fresh) });
    from = found + 1;
  }
  return [...blocks, ...added.slice(from).map((fresh) => whole(fresh, "added"))];
}

/** How many added blocks are looked at for the one a removed block became. */
const NEAR = 40;

function whole({ kind, text }: ReportBlock, is: "added" | "removed"): RedlineBlock {
  return { kind, is, runs: [{ is, text }] };
}

/** Whether two blocks are versions of one, by the words they share (Dice's coefficient). */
function isAlike(a: ReportBlock, b: ReportBlock): boolean {
  if (a.kind !== b.kind) return false;
  const [words, others] = [wordsOf(a), wordsOf(b)];
  const shared = [...words].filter((word) => others.has(word)).length;
  return (2 * shared) / (words.size + others.size) >= ALIKE;
}

function wordsOf({ text }: ReportBlock): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text]);
}

/** Word by word; where both read the same (a link leads elsewhere, a word is now bold), as they were written. */
function runsOf(old: ReportBlock, fresh: ReportBlock): Run[] {
  const [before, after] = old.text === fresh.text ? [old.source, fresh.source] : [old.text, fresh.text];
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_STEPS });
  if (!changes) return [...whole(old, "removed").runs, ...whole(fresh, "added").runs];
  return joined(
    changes.map(({ value, added, removed }) => ({ is: added ? "added" : removed ? "removed" : "same", text: value })),
  );
}

/** “[a] [b]” is read as “[a b]”: a space between two changes belongs to both of them. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  let [removed, added] = ["", ""];
  const settle = () => {
    if (removed) result.push({ is: "removed", text: removed });
    if (added) result.push({ is: "added", text: added });
    [removed, added] = ["", ""];
  };
  for (const [index, { is, text }] of runs.entries()) {
    const next = runs[index + 1];
    const isGap = is === "same" && /^\s+$/.test(text) && removed !== "" && added !== "" && next !== undefined;
    if (isGap && next.is !== "same") {
      removed += text;
      added += text;
    } else if (is === "removed") removed += text;
    else if (is === "added") added += text;
    else {
      settle();
      result.push({ is, text });
    }
  }
  settle();
  return result;
}
