import { type Document, isCollection, isScalar, visit, type YAMLError } from "yaml";

/** A place where YAML's grammar does not hold, in words for whoever wrote the file. */
export interface YamlFault {
  /** Characters from the beginning of the YAML. */
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

const QUOTE = /Missing closing .quote/;
const BRACKET = /(?:^BAD_INDENT|^MISSING_CHAR) Flow (?:map|sequence)/;

const NOT_IN_LINE = "The line is not in line with its neighbours.";
const NO_COLON = "A key is without its colon.";

/** What the parser's code and message mean to an author; the first that fits is taken. */
const MEANINGS: readonly [fault: RegExp, message: string, remedy: string][] = [
  [
    /Nested mappings are not allowed in compact/,
    "A second colon makes this line ambiguous.",
    "Put the text in quotes: a colon followed by a space begins a value.",
  ],
  [
    QUOTE,
    "A quotation mark is opened and not closed.",
    "Close it; to show one inside, put the text in the other kind.",
  ],
  [BRACKET, "A bracket or brace is opened and not closed.", "Close it; put a text that begins with one in quotes."],
  [
    /without - indicator|must start at the same column|^BAD_INDENT/,
    NOT_IN_LINE,
    "Indent it with spaces, exactly as far as the lines it belongs with.",
  ],
  [
    /^MULTILINE_IMPLICIT_KEY|Implicit map keys need/,
    NO_COLON,
    "Write “key: value”, with a space behind the colon; indent the lines of a text that goes on over several.",
  ],
  [/^TAB_AS_INDENT/, "A tab indents this line.", "Indent with spaces: YAML allows no tabs there."],
  [
    /^BAD_SCALAR_START/,
    "The value begins with a character that means something in YAML.",
    "Put the whole value in quotes.",
  ],
  [
    /Block scalar header|Not a YAML token/,
    "Something stands behind “|” or “>”.",
    "Begin the text on the next line, indented.",
  ],
  [
    /block-seq-ind/,
    "A list begins on the line of its key.",
    "Begin it on the next line, each item behind “- ”, or write it in brackets: [a, b].",
  ],
  [
    /Unexpected flow-|Unexpected ,|Unexpected empty item/,
    "A closing bracket or a comma has nothing before it.",
    "Remove it; put a text that holds one in quotes.",
  ],
  [
    /at node end|Unexpected scalar/,
    "Something stands behind the end of a value.",
    "Put the whole value in double quotes: a quotation mark or bracket inside it has ended it.",
  ],
  [/^TAG_RESOLVE_FAILED/, "An exclamation mark begins a YAML tag, which is not allowed.", "Put the value in quotes."],
  [/^BAD_ALIAS/, "An asterisk or an ampersand stands alone.", "Put the value in quotes."],
  [
    /^BAD_DQ_ESCAPE/,
    "A backslash begins something that YAML does not know.",
    "Write two backslashes, or put the text in single quotes.",
  ],
  [/Missing , |items$/, "A comma is missing in a list or mapping.", "Put a comma between any two items."],
  [
    /^RESOURCE_EXHAUSTION/,
    "The YAML is nested more deeply than can be read.",
    "Write it flat: nothing in this file needs more than four levels.",
  ],
  [/^MULTIPLE_DOCS/, "A second document begins here.", "Remove the line with “---” or “...”, or indent it."],
  [
    /^BLOCK_AS_IMPLICIT_KEY|^BLOCK_IN_FLOW/,
    "A list or mapping begins where a text was expected.",
    "Begin it on a line of its own, indented.",
  ],
];

/** One mistake makes the parser stumble many times; past these it tells nothing new. */
const MOST_FAULTS = 50;

/** What is wrong with the YAML, as the parser came upon it. */
export function faultsOf(document: Document, text: string): YamlFault[] {
  const errors = document.errors.slice(0, MOST_FAULTS);
  const openers = errors.length > 0 ? openersIn(document) : [];
  const faults = errors.map((error): YamlFault => {
    const { code, message } = error;
    const deeper = tooDeep(error, text);
    if (deeper !== undefined) return { offset: deeper, ...TOO_DEEP };
    const [, meaning, remedy] = MEANINGS.find(([fault]) => fault.test(`${code} ${message}`)) ?? [];
    return {
      offset: offsetOf(error, openers),
      message: meaning ?? `The YAML cannot be read: ${message}.`,
      remedy: remedy ?? "Compare the line with its neighbours; when in doubt, put the value in quotes.",
    };
  });
  return faults.filter((fault) => !isConsequence(fault, faults, text));
}

const TOO_DEEP = {
  message: "The line is indented further than the lines it belongs with.",
  remedy: "Indent it with spaces, exactly as far as the key above it.",
};

/** Whether a fault is but what wrong indentation in the line above or below leads to. */
function isConsequence({ message, offset }: YamlFault, faults: readonly YamlFault[], text: string): boolean {
  const lineAt = (at: number) => text.slice(0, at).split("\n").length;
  const line = lineAt(offset);
  const isAt = (other: number, said: string) =>
    faults.some((each) => each.message === said && lineAt(each.offset) === other);
  if (message === TOO_DEEP.message) return isAt(line - 1, NOT_IN_LINE);
  return message === NO_COLON && isAt(line + 1, TOO_DEEP.message);
}

/** Where a key begins that is taken for part of the text above it, because it is indented further. */
function tooDeep({ message, pos: [at] }: YAMLError, text: string): number | undefined {
  if (!/Nested mappings are not allowed in compact/.test(message)) return undefined;
  const above = /^[^\n:#]*\n[ ]+(?=[\w-]+:(?:\s|$))/.exec(text.slice(at, at + 1_000))?.[0];
  return above === undefined ? undefined : at + above.length;
}

/** A text in quotes, or a list or mapping in brackets, from its first character to its last. */
interface Opener {
  readonly isQuote: boolean;
  readonly from: number;
  readonly to: number;
}

function openersIn(document: Document): Opener[] {
  const openers: Opener[] = [];
  visit(document, {
    Node(_key, node) {
      const isQuote = isScalar(node) && /^QUOTE/.test(node.type ?? "");
      if (!node.range || !(isQuote || (isCollection(node) && node.flow))) return;
      openers.push({ isQuote, from: node.range[0], to: node.range[2] });
    },
  });
  return openers;
}

/** Where the parser noticed the fault; for a quote or bracket without its end, where that was opened. */
function offsetOf({ code, message, pos: [at] }: YAMLError, openers: readonly Opener[]): number {
  const fault = `${code} ${message}`;
  if (!QUOTE.test(fault) && !BRACKET.test(fault)) return at;
  const isQuote = QUOTE.test(fault);
  return openers.find((each) => each.isQuote === isQuote && each.from < at && each.to >= at)?.from ?? at;
}
