import { type Line, readBody } from "../cstate/body.ts";
import type { Piece } from "../cstate/split.ts";
import type { Page } from "../front/front-matter.ts";
import type { Note } from "../imported.ts";
import { senseOf } from "../senses.ts";

const UPDATE = /^\s*:{3,}\s*update\b\s*(?<title>[^|]*?)\s*(?:\|\s*(?<time>.*?)\s*)?$/i;
const CONTAINER = /^\s*:{3,}\s*(?<name>[a-z][\w-]*)\s*(?<title>.*)$/i;
/** Statusfy writes it into every file it makes. */
const LANGUAGE = /<!--+\s*language code:[^\n>]*-->/g;
const END = /^\s*:{3,}\s*$/;

/** A page's text, and its `::: update Title | instant` blocks. */
export function splitUpdates(page: Page, note: Note): { readonly intro: Line[]; readonly updates: Piece[] } {
  const intro: Line[] = [];
  const updates: { piece: Piece; lines: Line[] }[] = [];
  let open: Line[] | undefined;
  let others = 0;
  for (const line of readBody(page.body.replace(LANGUAGE, ""), page.bodyLine, note)) {
    const update = line.isCode ? null : UPDATE.exec(line.text);
    const container = line.isCode || update ? null : CONTAINER.exec(line.text);
    if (update) {
      const lines: Line[] = [{ ...line, text: "" }];
      updates.push({ piece: pieceOf(update.groups ?? {}, line, lines, note), lines });
      open = lines;
      others = 0;
    } else if (container) {
      const { name = "", title = "" } = container.groups ?? {};
      note(`::: ${name}`, "a box of the old site; its text was kept", line.number);
      others += 1;
      (open ?? intro).push({ ...line, text: title === "" ? "" : `**${title}**` });
    } else if (!line.isCode && END.test(line.text)) {
      if (others > 0) others -= 1;
      else open = undefined;
    } else {
      (open ?? intro).push(line);
    }
  }
  return { intro, updates: updates.map(({ piece }) => piece) };
}

function pieceOf(
  { title = "", time = "" }: Readonly<Record<string, string>>,
  line: Line,
  lines: readonly Line[],
  note: Note,
): Piece {
  const sense = senseOf(title);
  if (time === "") note(line.text.trim(), "an update without a time", line.number);
  return {
    label: { form: "heading", text: title || "Update", rest: "", line: "", isSure: true, ...(sense ? { sense } : {}) },
    lines,
    ...(time === "" ? {} : { track: { written: time, line: line.number } }),
  };
}
