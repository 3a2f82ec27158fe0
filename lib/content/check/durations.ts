/** A length of time that a sentence states of the whole incident. */
export interface StatedDuration {
  /** As written, such as “for 20 minutes”. */
  readonly written: string;
  readonly offset: number;
  readonly ms: number;
  /** What it may be besides exactly that: “more than”, “less than”. */
  readonly bound: "exact" | "at-least" | "at-most";
}

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  "half an": 0.5,
};

const MS: Readonly<Record<string, number>> = { sec: 1_000, min: 60_000, hou: 3_600_000, day: 86_400_000 };

const NUMBER = String.raw`\d{1,4}(?:\.\d)?|half an|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty`;
const UNIT = "second|sec|minute|min|hour|day";

/** “The outage lasted about 2 hours and 10 minutes”, “was unavailable for 20 minutes”. */
const STATED = new RegExp(
  String.raw`\b(?:lasted|lasting|duration(?: was| of|:)|downtime(?: was| of|:)|outage of|for)(?: a total of)? (?:(?<bound>more than|over|at least|less than|under|up to|almost|nearly) )?(?:about |around |approximately |roughly |some )?(?<count>${NUMBER})[ -](?<unit>${UNIT})s?(?:(?:,| and|, and)? (?<more>\d{1,2}) (?<smaller>${UNIT})s?)?\b`,
  "gi",
);

/** Only a sentence about the whole of it counts. */
const ABOUT_THE_WHOLE =
  /\b(?:lasted|downtime|outage|duration|incident|(?:was|were|been) (?:down|offline|unavailable|unreachable|inaccessible|interrupted|disrupted))\b/i;

/** What makes it a part, a plan, a repetition or a guess. */
const ABOUT_A_PART =
  /\b(?:each|every|per|first|last|next|another|further|additional|again|some|several|part|partial(?:ly)?|up to|within|until|while|will|would|may|might|could|should|expect(?:ed)?|estimated?|scheduled|planned|window|between|intermittent(?:ly)?|sporadic(?:ally)?|delay(?:s|ed)?|wait(?:ed)?|monitor(?:ed|ing)?|watch(?:ed|ing)?|retention|older|ago|cached?|only|briefly|most|half of|a few|one of|after|before|then|if|not|percent(?:age)?|small|subset)\b/i;

/** The lengths that sentences of a text state of the whole incident. */
export function statedDurations(text: string): StatedDuration[] {
  const found: StatedDuration[] = [];
  if (!/(?:second|sec|minute|min|hour|day)s?\b/i.test(text)) return found;
  for (const match of text.matchAll(STATED)) {
    const { bound, count = "", unit = "", more, smaller } = match.groups ?? {};
    const sentence = sentenceAt(text, match.index);
    if (!ABOUT_THE_WHOLE.test(sentence) || ABOUT_A_PART.test(sentence.replace(match[0], ""))) continue;
    const number = NUMBERS[count.toLowerCase()] ?? Number(count);
    const ms = number * msOf(unit) + (more === undefined ? 0 : Number(more) * msOf(smaller ?? ""));
    found.push({ written: match[0], offset: match.index, ms, bound: boundOf(bound) });
  }
  return found;
}

function msOf(unit: string): number {
  return MS[unit.slice(0, 3).toLowerCase()] ?? 0;
}

function boundOf(words: string | undefined): StatedDuration["bound"] {
  if (words === undefined) return "exact";
  return /^(?:more|over|at least)/i.test(words) ? "at-least" : "at-most";
}

function sentenceAt(text: string, at: number): string {
  const before = Math.max(...[". ", "! ", "? ", "\n\n", "\n- "].map((end) => text.lastIndexOf(end, at)), -1) + 1;
  const rest = text.slice(at).search(/[.!?](?:\s|$)|\n\n/);
  return text.slice(Math.max(before, at - 400), rest === -1 ? at + 400 : Math.min(at + rest, at + 400));
}
