import type { UpdateStatus } from "#lib/model/incident.ts";
import type { Note } from "../imported.ts";
import { type Moment, readMoment } from "../moment.ts";
import { type Sense, wordsOf } from "../senses.ts";
import { TRACK_END, TRACK_START } from "./body.ts";
import type { Label } from "./label.ts";
import { ownTime } from "./order.ts";
import type { Piece } from "./split.ts";

/** A piece of a page as text, before its status and its place in time are known. */
export interface Draft {
  readonly label?: Label;
  readonly sense?: Sense;
  /** All of it. */
  readonly whole: string;
  /** What stands behind the label. */
  readonly bare: string;
  /** Its own time, from a track or from the label. */
  readonly own?: Moment;
  /** Line in the file. */
  readonly line: number;
}

export function draftOf(piece: Piece, zone: string, note: Note): Draft {
  const { label, lines, track } = piece;
  const fault = track && readMoment(track.written, zone).fault;
  if (track && fault !== undefined) note(`track “${track.written}”`, fault, track.line);
  const texts = lines.map(({ text }) => text);
  const labelLength = label ? label.line.length - label.rest.length : 0;
  const behind = (texts[0] ?? "").slice(labelLength).replace(/^\s*[:.–—-]+(?=\s|$)/, "");
  const opening = emphasisOver(label, behind) + behind.trimStart();
  const whole = tidy(texts.join("\n"));
  const own = ownTime(piece, zone);
  return {
    ...(label ? { label } : {}),
    ...(label?.sense ? { sense: label.sense } : {}),
    whole,
    bare: label ? tidy([opening, ...texts.slice(1)].join("\n").replace(/^\s*[:–—-](?=\s)/, "")) : whole,
    ...(own ? { own } : {}),
    line: lines.find(({ text }) => text.trim() !== "")?.number ?? track?.line ?? 1,
  };
}

/** The marks of an emphasis that begins before the label and ends behind it. */
function emphasisOver(label: Label | undefined, behind: string): string {
  const marks = label?.form === "plain" ? (/^\s{0,3}([*_]{1,3})/.exec(label.line)?.[1] ?? "") : "";
  return marks !== "" && behind.includes(marks) ? marks : "";
}

/** The text of an update. A label stays unless the status says the very same word. */
export function bodyOf({ label, bare, whole }: Draft, status: UpdateStatus): string {
  if (!label) return whole;
  if (wordsOf(label.text).join("_") === status) return bare === "" ? `${label.text.replace(/[:.\s]+$/, "")}.` : bare;
  if (label.form === "emphasis" || label.form === "plain") return mended(whole);
  const title = label.text.includes("**") ? label.text : `**${label.text}**`;
  return bare === "" ? title : `${title}\n\n${bare}`;
}

/** How a remark names it. */
export function nameOf({ label, whole }: Draft): string {
  return label ? `the update “${label.text}”` : `the text “${whole.replace(/\s+/g, " ").slice(0, 40)}…”`;
}

const INLINE_TRACK = new RegExp(`${TRACK_START}([^${TRACK_END}]*)${TRACK_END}`, "gu");

/** Without needless blanks around and before it, and with times that stand inside a sentence written out. */
function tidy(text: string): string {
  const lines = text
    .replace(INLINE_TRACK, "$1")
    .replace(/^(?:[ \t]*\n)+/, "")
    .replace(/\\?\s+$/, "")
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const plain = lines
    .map((line) => line.slice(Math.min(...indents)))
    .join("\n")
    .trimStart();
  const hasCode = /^\s*(?:`{3}|~{3})/m.test(plain);
  return hasCode ? plain : plain.replace(/\n(?:[ \t]*\n)+/g, "\n\n");
}

/** With the label's emphasis as it was meant: not escaped, and closed. */
function mended(text: string): string {
  return text
    .replace(/^((?:\\[*_])+)([^\\\n]+)\1/, (_, marks: string, label: string) => {
      const plain = marks.replaceAll("\\", "");
      return plain + label + plain;
    })
    .replace(/^(\*{2,3})([^*\n]+)(?=\n|$)/, "$1$2$1");
}
