import { type Line, TRACK_END, TRACK_START } from "./body.ts";

/** The argument of a `track` shortcode, which gives a text its time. */
export interface Track {
  readonly written: string;
  /** Line in the file. */
  readonly line: number;
}

interface Tracked {
  readonly lines: Line[];
  readonly track?: Track;
}

const ENDING = new RegExp(`${TRACK_START}([^${TRACK_END}]*)${TRACK_END}[\\s.)*_\\\\]*$`, "u");
const LEADING = new RegExp(`^[\\s(*_]*${TRACK_START}([^${TRACK_END}]*)${TRACK_END}`, "u");

/** Takes lines apart at their tracks. A track ends a text, as is cState's custom, unless the lines begin with one. */
export function splitAtTracks(lines: readonly Line[]): Tracked[] {
  const first = lines.find(({ text }) => text.trim() !== "")?.text ?? "";
  return LEADING.test(first) && !ENDING.test(first) ? begunByTracks(lines) : endedByTracks(lines);
}

/** The track that a line begins with, and the line without it. */
export function leadingTrack(line: Line): { readonly track: Track; readonly rest: Line } | undefined {
  return trackIn(line, LEADING);
}

/** Text behind the last track belongs to it. */
function endedByTracks(lines: readonly Line[]): Tracked[] {
  const pieces: Tracked[] = [];
  let open: Line[] = [];
  for (const line of lines.flatMap(apart)) {
    const found = trackIn(line, ENDING);
    open.push(found?.rest ?? line);
    if (!found) continue;
    pieces.push({ lines: open, track: found.track });
    open = [];
  }
  pieces.at(-1)?.lines.push(...open);
  return pieces.length > 0 ? pieces : [{ lines: open }];
}

function begunByTracks(lines: readonly Line[]): Tracked[] {
  const pieces: Tracked[] = [];
  for (const line of lines) {
    const found = trackIn(line, LEADING);
    if (found) pieces.push({ lines: [found.rest], track: found.track });
    else pieces.at(-1)?.lines.push(line);
  }
  return pieces;
}

/** A line that goes on behind its track, as two: the track's, and what comes after it. */
function apart(line: Line): Line[] {
  if (line.isCode || !LEADING.test(line.text) || ENDING.test(line.text)) return [line];
  const end = line.text.indexOf(TRACK_END) + 1;
  return [
    { ...line, text: line.text.slice(0, end) },
    { ...line, text: line.text.slice(end) },
  ];
}

/** The track at the place that `shape` looks at, and the line without it: "…restored ({{track}})." is "…restored.". */
function trackIn(line: Line, shape: RegExp): { readonly track: Track; readonly rest: Line } | undefined {
  const found = line.isCode ? null : shape.exec(line.text);
  if (!found) return undefined;
  const before = line.text.slice(0, found.index).replace(/\s*[-–—(]?\s*$/, "");
  const behind = line.text.slice(found.index + found[0].indexOf(TRACK_END) + 1);
  const text = shape === LEADING ? behind.replace(/^[\s)\-–—:]+/, "") : before + behind.replace(/^\s*\)?\s*/, "");
  return { track: { written: found[1] ?? "", line: line.number }, rest: { ...line, text } };
}
