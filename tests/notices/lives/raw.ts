/**
 * What a person sees who reads an incident's file as it lies there. Nothing of the importer is used, so that the two
 * can be held against each other.
 */
export interface Raw {
  /** Milliseconds since the epoch, as the front matter says; absent where no time can be read. */
  readonly begins: number | undefined;
  readonly ends: number | undefined;
  readonly isResolved: boolean;
  /** Whether title or text call it planned work. */
  readonly isPlanned: boolean;
  /** How many updates it has by its marks: tracked times, and labels at the beginning of a line. */
  readonly marks: number;
  readonly severity: string | undefined;
  readonly title: string | undefined;
  /** The paragraphs' words. */
  readonly paragraphs: readonly string[];
}

const LABEL =
  /^[ \t]*(?:[-*+] )?(?:\\?[*_[]){1,4}\s*(?:update|edit|final|initial|closing|resolved|investigating|identified|monitoring|fixed)/gim;

export function readRaw(text: string): Raw {
  const [, front = "", body = ""] = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*\r?\n?([\s\S]*)$/.exec(text) ?? [];
  const shown = body.replace(/<!--[\s\S]*?-->/g, "");
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, "im")
      .exec(front)?.[1]
      ?.replace(/^["']|["']$/g, "")
      .trim();
  const title = field("title");
  return {
    begins: momentIn(field("date")),
    ends: momentIn(field("resolvedWhen")),
    isResolved: /^(?:true|yes)/i.test(field("resolved") ?? ""),
    isPlanned: /mainten|planned|scheduled|migrat|upgrade|will be/i.test(`${title} ${shown}`),
    marks: Math.max(shown.match(/\{\{<\s*track/g)?.length ?? 0, shown.match(LABEL)?.length ?? 0),
    severity: field("severity"),
    title,
    paragraphs: shown.split(/\r?\n\s*\r?\n/).flatMap(
      (part) =>
        part
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu)
          ?.join(" ") ?? [],
    ),
  };
}

function momentIn(text: string | undefined): number | undefined {
  const [, day, hour, rest, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[TZ ]+0?(\d{1,2})((?::\d\d)+)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d?:?\d\d)?)?$/.exec(text ?? "") ?? [];
  if (day === undefined) return undefined;
  const offset = zone === undefined || /^(?:Z|UTC|[+-]0?0:?00)$/.test(zone) ? "Z" : zone;
  const at = Date.parse(hour === undefined ? `${day}T00:00Z` : `${day}T${hour.padStart(2, "0")}${rest}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}

/** How many words of the newer version's paragraphs stand in no paragraph of the older one, where that is not mere rewording. */
export function addedWords(older: Raw, newer: Raw): number {
  return newer.paragraphs
    .filter((paragraph) => !older.paragraphs.some((other) => sharedPart(other, paragraph) > 0.5))
    .reduce((sum, paragraph) => sum + paragraph.split(" ").length, 0);
}

/** The share of a paragraph's words that another one has too. */
function sharedPart(other: string, paragraph: string): number {
  const [theirs, own] = [new Set(other.split(" ")), paragraph.split(" ")];
  return own.filter((word) => theirs.has(word)).length / own.length;
}
