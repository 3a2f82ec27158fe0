import { isReportTitle, saysItIsOver } from "../senses.ts";
import { type Line, TRACK_START } from "./body.ts";
import { type Label, type LabelContext, readHeading, readLabel } from "./label.ts";
import { leadingTrack, splitAtTracks, type Track } from "./tracks.ts";

/** One update of a page, in the order of the page. */
export interface Piece {
  readonly label?: Label;
  readonly lines: readonly Line[];
  /** The argument of the `track` that stands at its end. */
  readonly track?: Track;
}

/** A page's text taken apart. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  /** The postmortem that somebody wrote into the incident. */
  readonly report: readonly Line[];
}

const BREAK = /^\s*(?:-{2,}|\*{3,}|_{3,}|={3,}|\\)\s*$/;

/**
 * Takes a page apart into its updates: at labels, at `track` shortcodes, and, where there are any of these, at rules
 * (`---`). A page without labels and tracks is one piece, rules and all.
 */
export function split(lines: readonly Line[], context: LabelContext): Pieces {
  const openers = findOpeners(lines, context);
  const isTold = openers.size > 0 || lines.some(({ text }) => text.includes(TRACK_START));
  const parts: { label?: Label; lines: Line[] }[] = [{ lines: [] }];
  const goesOn = (label: Label | undefined, all: readonly Line[], index: number) => {
    const next = all.slice(index + 1).find(({ text }) => text.trim() !== "");
    return label?.sense === "report" && label.form === "heading" && next !== undefined && !openers.has(next);
  };
  for (const [index, line] of lines.entries()) {
    const label = openers.get(line);
    if (label) parts.push({ label, lines: [line] });
    else if (isTold && !line.isCode && BREAK.test(line.text) && !goesOn(parts.at(-1)?.label, lines, index))
      parts.push({ lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  const filled = parts.filter(({ lines }) => lines.some(({ text }) => text.trim() !== ""));
  const isReport = (label: Label | undefined) => label?.sense === "report";
  const report = filled.filter(({ label }) => isReport(label)).flatMap(({ lines }) => lines);
  return { pieces: filled.filter(({ label }) => !isReport(label)).flatMap(piecesOf), report };
}

/** The lines that open an update, with their labels. */
function findOpeners(lines: readonly Line[], context: LabelContext): Map<Line, Label> {
  const openers = new Map<Line, Label>();
  for (const [index, line] of lines.entries()) {
    if (line.isCode) continue;
    const label = readLabel(line.text, (lines[index - 1]?.text ?? "").trim() === "", context);
    if (label && (label.isSure || hasTrack(lines, index))) openers.set(line, label);
  }
  const headings = lines.flatMap((line) => {
    const label = line.isCode ? undefined : readHeading(line.text, context);
    return label ? [{ line, label }] : [];
  });
  for (const { line, label } of openingHeadings(headings, openers.size > 0)) openers.set(line, label);
  return openers;
}

interface Heading {
  readonly line: Line;
  readonly label: Label & { readonly depth: number };
}

/**
 * The headings that open updates. Where one says that it is an update, or that all is well again, its neighbours of the
 * same rank or above are updates too ("Planned outage" below "The outage is over"). In a postmortem, headings are its own.
 */
function openingHeadings(headings: readonly Heading[], isLabelled: boolean): Heading[] {
  const reportAt = headings.findIndex(({ label }) => isReportTitle(label.text));
  if (reportAt !== -1) {
    // The postmortem begins with its first heading, and ends where an update begins.
    const before = headings.slice(0, reportAt).findLastIndex(({ label }) => label.isSure);
    const updates = headings.filter(({ label }) => label.isSure && label.sense !== "report");
    const first = headings[before + 1];
    return first ? [...updates, { ...first, label: { ...first.label, sense: "report" } }] : updates;
  }
  const telling = headings.filter(({ label }) => label.isSure || (!isLabelled && saysItIsOver(label.text)));
  const depth = Math.max(...telling.map(({ label }) => label.depth));
  return telling.length === 0 ? [] : headings.filter(({ label }) => label.depth <= depth);
}

/** Whether the paragraph that begins at `index` holds a track. */
function hasTrack(lines: readonly Line[], index: number): boolean {
  for (let at = index; at < lines.length && (at === index || lines[at]?.text.trim() !== ""); at += 1) {
    if (lines[at]?.text.includes(TRACK_START)) return true;
  }
  return false;
}

/** A part as pieces; its label opens the first. */
function piecesOf({ label, lines }: { readonly label?: Label; readonly lines: readonly Line[] }): Piece[] {
  const told = label && withTrackBehindLabel(label, lines);
  if (told) return [told];
  const pieces = splitAtTracks(lines);
  return pieces.map((piece, index) => (label && index === 0 ? { ...piece, label } : piece));
}

/** "*Update* {{track}} We found it.": a track between a label and its text is the time of that text. */
function withTrackBehindLabel(label: Label, lines: readonly Line[]): Piece | undefined {
  const [first, ...others] = lines;
  if (!first || others.some(({ text }) => text.includes(TRACK_START))) return undefined;
  const found = leadingTrack({ ...first, text: label.rest.replace(/^\s*[:.–—-]+\s*/, "") });
  if (!found || found.rest.text.trim() === "") return undefined;
  const rest = ` ${found.rest.text.trimStart()}`;
  const line = label.line.slice(0, label.line.length - label.rest.length) + rest;
  return { label: { ...label, rest, line }, lines: [{ ...first, text: line }, ...others], track: found.track };
}
