import { type Moment, readMoment } from "../moment.ts";
import { saysItIsOver } from "../senses.ts";
import type { Line } from "./body.ts";
import type { Piece } from "./split.ts";

/** When a piece was written, where it says so: by its track, or else by its label. */
export function ownTime({ track, label }: Piece, zone: string): Moment | undefined {
  return (track ? readMoment(track.written, zone).moment : undefined) ?? label?.time;
}

/**
 * The pieces of a page, oldest first. Where every one has a time, the times decide. Else the page runs one way as a
 * whole, which way is told by its times, its numbers or what it says; cState's custom is newest first.
 */
export function oldestFirst(pieces: readonly Piece[], zone: string): readonly Piece[] {
  const ordered = isNewestFirst(pieces, zone) ? detachBeginning(pieces).toReversed() : pieces;
  const times = new Map(ordered.map((piece) => [piece, ownTime(piece, zone)?.from]));
  if ([...times.values()].includes(undefined)) return ordered;
  return [...ordered].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
}

function isNewestFirst(pieces: readonly Piece[], zone: string): boolean {
  const signs = [
    pieces.map((piece) => ownTime(piece, zone)?.from),
    pieces.map(({ label }) => label?.number),
    pieces.map((piece) => progressOf(piece)),
  ];
  return (signs.map(drift).find((sign) => sign !== 0) ?? -1) < 0;
}

/** How far along in the course of things a piece stands. */
function progressOf({ label, lines }: Piece): number {
  switch (label?.sense) {
    case "resolved":
      return 4;
    case "monitoring":
    case "verifying":
      return 3;
    case "update":
      return saysItIsOver(textOf(lines)) ? 2.5 : 2;
    case "identified":
    case "started":
      return 1;
    case undefined:
      return saysItIsOver(textOf(lines).slice(0, 200)) ? 3.5 : 0;
    default:
      return 0;
  }
}

/** Whether a row of numbers rises (above 0) or falls (below). */
function drift(row: readonly (number | undefined)[]): number {
  const known = row.filter((item) => item !== undefined);
  return known.reduce(
    (sum, item, index) => sum + known.slice(index + 1).reduce((more, later) => more + Math.sign(later - item), 0),
    0,
  );
}

/**
 * Newest first, the last text is the oldest. Where it is called an update it cannot be the beginning: that is in the
 * paragraphs below its own ("*Update* Complete", a blank line, "We will upgrade …").
 */
function detachBeginning(pieces: readonly Piece[]): readonly Piece[] {
  const last = pieces.at(-1);
  const isUpdate = last?.label?.sense === "update" || last?.label?.sense === "resolved";
  if (!last || !isUpdate || last.track || last.label?.form === "heading" || last.label?.form === "bracket")
    return pieces;
  const blank = last.lines.findIndex((line, index) => isBlank(line) && !endsInColon(last.lines, index));
  if (blank === -1 || last.label?.rest.trim() === "") return pieces;
  const beginning = last.lines.slice(blank);
  if (beginning.every(isBlank)) return pieces;
  return [...pieces.slice(0, -1), { ...last, lines: last.lines.slice(0, blank) }, { lines: beginning }];
}

function endsInColon(lines: readonly Line[], index: number): boolean {
  return /:\s*$/.test(lines.slice(0, index).findLast((line) => !isBlank(line))?.text ?? "");
}

function isBlank({ text }: Line): boolean {
  return text.trim() === "";
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join("\n");
}
