import type { Element } from "hast";
import { expect, test } from "vitest";
import { checkTexts, incident } from "#tests/check/check-texts.ts";
import { VECTORS } from "#tests/fixtures/hostile/vectors.ts";
import { elementsOf, toHtml } from "./html-text.ts";

/** Everything that may stand in the page, whatever was written. */
const ELEMENTS = new Set([
  ..."a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h3 h4 h5 h6 hr".split(
    " ",
  ),
  ..."i input ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub summary".split(" "),
  ..."sup table tbody td tfoot th thead time tr tt u ul var wbr".split(" "),
]);

/** Attributes that do nothing of themselves, as the parser of HTML names them. */
const ATTRIBUTES = new Set([
  ..."align alt ariaDescribedBy ariaLabel ariaLabelledBy checked colSpan dataFootnoteBackref".split(" "),
  ..."dataFootnoteRef dataFootnotes dateTime decoding dir disabled height lang loading open rel".split(" "),
  ..."role rowSpan scope span start tabIndex title type value width".split(" "),
]);

/** Classes that the page's own style knows; an author can reach only some of them. */
const CLASSES =
  /^(?:alert|alert-(?:note|tip|important|warning|caution)|alert-title|contains-task-list|data-footnote-backref|footnotes|hljs-.*|language-.*|permalink|scroll|sr-only|task-list-item|timeline-figure)$/;

const PREFIX = "u20260302T082000Z-";

/** Whether an attribute of the page's HTML can do no harm, as far as its value goes. */
function isHarmless(name: string, value: unknown): boolean {
  switch (name) {
    case "href":
    case "cite":
    case "longDesc":
      return /^(?:https?:|mailto:|tel:|[^:]*$)/.test(String(value));
    case "className":
      return [value].flat().every((each) => CLASSES.test(String(each)));
    case "id":
      return String(value).startsWith(PREFIX);
    default:
      return ATTRIBUTES.has(name);
  }
}

/** What an element does that nothing an author wrote may do. */
function harmOf({ tagName, properties }: Element): string[] {
  const harm: [string, unknown][] = Object.entries(properties).filter(([name, value]) => !isHarmless(name, value));
  const isBox = properties["type"] === "checkbox" && properties["disabled"] === true;
  if (!ELEMENTS.has(tagName) || (tagName === "input" && !isBox)) harm.push([tagName, true]);
  return harm.map(([name, value]) => `${name}=${String(value)}`);
}

test.each(VECTORS.map((vector) => [vector.name, vector.text] as const))(
  "%s leaves nothing that does anything",
  (_name, text) => {
    const elements = elementsOf(toHtml(text, { prefix: PREFIX }).html);
    expect(elements.flatMap(harmOf)).toEqual([]);
    const ids = elements.flatMap(({ properties }) => properties["id"] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  },
);

test.each(VECTORS.map((vector) => [vector.name, vector] as const))(
  "the check judges %s",
  (_name, { text, refused }) => {
    const { problems, entries } = checkTexts({ "a.md": incident("started: 2026-03-02", `\n${text}\n`) });
    const errors = problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
    expect([...new Set(errors)]).toEqual(refused === undefined ? [] : expect.arrayContaining([refused]));
    expect(entries).toHaveLength(refused === undefined ? 1 : 0);
  },
);

test.each(VECTORS.map((vector) => [vector.name, vector] as const))(
  "in an update the check judges %s",
  (_name, { text, refused }) => {
    const body = text
      .split("\n")
      .map((line) => `      ${line}`)
      .join("\n");
    const front = `updates:\n  - at: 2026-03-02\n    status: resolved\n    body: |\n      Words.\n\n${body}`;
    const { problems } = checkTexts({ "a.md": incident(front) });
    const errors = problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
    expect([...new Set(errors)]).toEqual(refused === undefined ? [] : expect.arrayContaining([refused]));
  },
);

test("there are enough of them, and no two are the same", () => {
  expect(new Set(VECTORS.map(({ text }) => text)).size).toBe(VECTORS.length);
  expect(VECTORS.length).toBeGreaterThanOrEqual(80);
});

test("without a prefix no identifier of the page can be taken", () => {
  const taken = ["main", "report", "updates", "actions", "timeline", "components", "contents", "u20260302T082000Z"];
  const { html } = toHtml(taken.map((id) => `<b id="${id}">x</b>`).join(" "), { prefix: "" });
  expect(
    elementsOf(html)
      .map(({ properties }) => properties["id"])
      .filter((id) => id !== undefined),
  ).toEqual([]);
  const headings = toHtml(taken.map((id) => `## ${id}`).join("\n\n"), { prefix: "" }).headings.map(({ id }) => id);
  expect(headings.filter((id) => taken.includes(id))).toEqual([]);
  expect(new Set(headings).size).toBe(taken.length);
});
