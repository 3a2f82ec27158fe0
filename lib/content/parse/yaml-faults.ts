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
    "The line is not in line with its neighbours.",
    "Indent it with spaces, exactly as far as the lines it belongs with.",
  ],
  [
    /^MULTILINE_IMPLICIT_KEY|Implicit map keys need/,
    "A key is without its colon.",
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
export function faultsOf(document: Document): YamlFault[] {
  const errors = document.errors.slice(0, MOST_FAULTS);
  const openers = errors.length > 0 ? openersIn(document) : [];
  return errors.map((error) => {
    const { code, message } = error;
    const [, meaning, remedy] = MEANINGS.find(([fault]) => fault.test(`${code} ${message}`)) ?? [];
    return {
      offset: offsetOf(error, openers),
      message: meaning ?? `The YAML cannot be read: ${message}.`,
      remedy: remedy ?? "Compare the line with its neighbours; when in doubt, put the value in quotes.",
    };
  });
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
