import { decodeNamedCharacterReference } from "decode-named-character-reference";

/** A text as somebody comes to read it, with the way back to where each of its characters was written. */
export interface View {
  readonly text: string;
  /** Where the character at `at` stands in the text that was written. */
  offsetOf(at: number): number;
}

/** A text as it is. */
export function plainView(text: string): View {
  return { text, offsetOf: (at) => at };
}

/**
 * Everything that hides one character behind others, or puts something unseen between two: escapes of Markdown, JSON,
 * HTML and addresses, emphasis, tags, comments within a word, invisible and wide characters.
 */
const DISGUISES =
  /&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z\d]{2,31});|(?:%[\da-f]{2})+|\\(?:u[\da-f]{4}|x[\da-f]{2}|\r?\n|[nrt!-/:-@[-`{-~])|(?<=\S)<!--[^<]*?-->(?=\S)|<\/?[a-z][a-z\d]*(?:\s[^<>]*)?\/?>|\*+|~~|`+|[^\0-\x7f]+/gi;

/** Characters that take no room when the text is shown. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;

/** A disguise may hide another one: an escaped percent sign, an entity's own ampersand. */
const LAYERS = 3;

/** The text without disguises; the same view when there are none. */
export function undisguised(view: View): View {
  let bare = view;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const next = rewritten(bare, DISGUISES, reveal);
    if (next.text === bare.text) break;
    bare = next;
  }
  return bare;
}

/** A line's end with the marks of quotes, lists and tables that begin the next line. */
const LINE_ENDS = /[ \t|]*\r?\n(?:[ \t]|(?:>|\||[-+#]{1,6}) )*/g;

/** The text with its lines joined, so that what goes on in the next line is one. */
export function joined(view: View): View {
  return rewritten(view, LINE_ENDS, () => "");
}

function rewritten(view: View, pattern: RegExp, change: (written: string) => string): View {
  // Where a stretch begins in the new text, and where in the old one; within a stretch the two run alike.
  const starts: number[] = [0];
  const sources: number[] = [0];
  let text = "";
  let end = 0;
  for (const { 0: written, index } of view.text.matchAll(pattern)) {
    const shown = change(written);
    if (shown === written) continue;
    text += view.text.slice(end, index);
    starts.push(text.length);
    sources.push(index);
    text += shown;
    end = index + written.length;
    starts.push(text.length);
    sources.push(end);
  }
  if (end === 0) return view;
  text += view.text.slice(end);
  return { text, offsetOf: (at) => view.offsetOf(sourceOf(at, starts, sources)) };
}

function sourceOf(at: number, starts: readonly number[], sources: readonly number[]): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return Math.min((sources[low] ?? 0) + at - (starts[low] ?? 0), sources[low + 1] ?? Number.POSITIVE_INFINITY);
}

function reveal(written: string): string {
  switch (written.charAt(0)) {
    case "&":
      return entity(written);
    case "%":
      return percentDecoded(written);
    case "\\":
      return unescaped(written);
    case "<":
    case "*":
    case "~":
    case "`":
      return "";
    default:
      return written.replace(UNSEEN, "").normalize("NFKC");
  }
}

function entity(written: string): string {
  const name = written.slice(1, -1);
  if (!name.startsWith("#")) return decodeNamedCharacterReference(name) || written;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function percentDecoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function unescaped(written: string): string {
  const escaped = written.slice(1);
  if (/^[ux][\da-f]/i.test(escaped)) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return { n: "\n", r: "", t: "\t" }[escaped] ?? escaped;
}
