import type { Moment } from "../moment.ts";
import { isReportTitle, type Sense, senseOf } from "../senses.ts";
import { type LabelTime, readLabelTime } from "./label-time.ts";

/** The words that open an update: "*Investigating* - …", "[Final message]", "**2021-06-08 07:37**", "## Update 2". */
export interface Label {
  readonly form: "emphasis" | "bracket" | "heading" | "plain";
  /** Without its marks. */
  readonly text: string;
  readonly sense?: Sense;
  readonly time?: Moment;
  readonly number?: number;
  /** What follows it on its line. */
  readonly rest: string;
  /** The line as written. */
  readonly line: string;
  /** When false, only a time of its own makes it an update: "**Debian builds now available**:". */
  readonly isSure: boolean;
}

/** What reading a label needs to know of its incident. */
export interface LabelContext {
  readonly start: Moment | undefined;
  readonly zone: string;
}

const EMPHASIS =
  /^\s{0,3}(?:(?:\\?\*){1,3}(?=[^\s*])(?<star>[^*]{1,80}?)(?:\\?\*){1,3}|(?:\\?_){1,3}(?=[^\s_])(?<line>[^_]{1,80}?)(?:\\?_){1,3})(?<rest>.*)$/;
const BRACKET = /^\s{0,3}\[(?<text>[^\][]{2,60})\](?![([])(?!:\s*\S+:\/\/)\s*:?\s*(?<rest>.*)$/;
const HEADING = /^\s{0,3}(?<marks>#{1,6})\s+(?<text>.*?)\s*#*\s*$/;
/** Parts of one description rather than updates. */
const FIELDS =
  /^(?:description|expected|impact|links?|details?|severity|affected|affects|what|why|who|when|where|scope|workaround|symptoms?|maintenance details|date|duration|location|action required|status|zeitraum)\b/i;
const PLAIN =
  /^(?:status update|final update|updated?|edit(?:ed)?|investigating|identified|monitoring|resolved|risolto|indagine|monitoraggio|aggiornamento|aktualisierung|behoben|gelöst|résolu|resolu|mise à jour|resuelto|actualización|resolvido|atualização|opgelost)\b/iu;

/** @param opensParagraph whether a blank line stands before it */
export function readLabel(line: string, opensParagraph: boolean, context: LabelContext): Label | undefined {
  const emphasis = EMPHASIS.exec(line)?.groups;
  if (emphasis) {
    const label = emphasised(
      (emphasis["star"] ?? emphasis["line"] ?? "").trim(),
      emphasis["rest"] ?? "",
      line,
      context,
    );
    if (label) return label;
  }
  const bracket = BRACKET.exec(line)?.groups;
  if (bracket) return known("bracket", bracket["text"] ?? "", bracket["rest"] ?? "", line, context);
  return opensParagraph ? plain(line, context) : undefined;
}

/** The label a heading is, when its words are those of an update. */
export function readHeading(line: string, context: LabelContext): (Label & { readonly depth: number }) | undefined {
  const found = HEADING.exec(line)?.groups;
  if (!found) return undefined;
  const { marks = "", text = "" } = found;
  const { sense, time, number } = meaning(text, context);
  const isUpdate = PLAIN.test(text);
  return {
    form: "heading",
    text,
    depth: marks.length,
    rest: "",
    line,
    isSure: isUpdate || sense === "report" || (time !== undefined && !/\p{L}/u.test(text.slice(0, time.index))),
    ...(sense || isUpdate ? { sense: sense ?? "update" } : {}),
    ...(time ? { time: time.moment } : {}),
    ...(number === undefined ? {} : { number }),
  };
}

function emphasised(text: string, rest: string, line: string, context: LabelContext): Label | undefined {
  const counted = /^\s*(\d{1,2})(?=\s*[-–—:])/.exec(rest)?.[0] ?? "";
  const label = known("emphasis", text + counted, rest.slice(counted.length), line, context);
  if (label) return label;
  if (FIELDS.test(text)) return undefined;
  if (text.length <= 60 && /^\s+[-–—]\s/.test(rest)) return { form: "emphasis", text, rest, line, isSure: true };
  const isLead = /[:.]$/.test(text) || /^\s*(?::|$)/.test(rest);
  return isLead ? { form: "emphasis", text, rest, line, isSure: false } : undefined;
}

/** A label whose words are those of a status, or that is a time. */
function known(
  form: Label["form"],
  text: string,
  rest: string,
  line: string,
  context: LabelContext,
): Label | undefined {
  const { sense, time, number } = meaning(text, context);
  const isOnlyTime = time !== undefined && !/\p{L}/u.test(time.rest);
  if (sense === undefined && !isOnlyTime) return undefined;
  return {
    form,
    text,
    rest,
    line,
    isSure: true,
    sense: sense ?? "update",
    ...(time ? { time: time.moment } : {}),
    ...(number === undefined ? {} : { number }),
  };
}

/** A label that is not marked stands within so many characters. */
const PLAIN_LENGTH = 60;

/** "Update 2025-08-09: text" or "Update 2:" at the start of a paragraph, also where emphasis was opened and never closed. */
function plain(line: string, context: LabelContext): Label | undefined {
  const bare = line.replace(/^\s{0,3}[*_]{0,3}/, "");
  if (!PLAIN.test(bare)) return undefined;
  const written = readLabelTime(bare.slice(0, PLAIN_LENGTH), context.start, context.zone);
  const time = written && !/:/.test(bare.slice(0, written.index)) ? written : undefined;
  const found =
    /^(?<text>[\p{L}\s]{3,40}?)\s*#?(?<number>\d{0,2})\s*(?:\(\s*\))?(?:\s+(?:at|on|as of)\b)?\s*(?<end>:|\s[-–—](?=\s|$)|$)/u.exec(
      time?.rest ?? bare,
    );
  if (!found?.groups) return undefined;
  // A text that only seems to end because no more of it was looked at is no label.
  if (found.groups["end"] === "" && !(time && bare.length <= PLAIN_LENGTH)) return undefined;
  const sense = senseOf(found.groups["text"] ?? "");
  if (sense === undefined) return undefined;
  return {
    form: "plain",
    text: found.groups["text"] ?? "",
    sense,
    rest: bare.slice(endOfPlain(found[0].length, time)),
    line,
    isSure: true,
    ...(time ? { time: time.moment } : {}),
    ...(found.groups["number"] ? { number: Number(found.groups["number"]) } : {}),
  };
}

/** Where a label of so many characters ends, with the time that stands in it or behind it. */
function endOfPlain(length: number, time: LabelTime | undefined): number {
  return time ? time.end + Math.max(0, length - time.index) : length;
}

function meaning(text: string, context: LabelContext): { sense?: Sense; time?: LabelTime; number?: number } {
  const time = readLabelTime(text, context.start, context.zone);
  const words = time ? time.rest : text;
  const number = /(?:^|[^\d])(\d{1,2})\W*$/.exec(words)?.[1];
  const said = isReportTitle(text) ? "report" : senseOf(words);
  // "Resolution (1)" is one of several attempts.
  const sense = said === "resolved" && number !== undefined ? "update" : said;
  return {
    ...(sense ? { sense } : {}),
    ...(time ? { time } : {}),
    ...(number === undefined ? {} : { number: Number(number) }),
  };
}
