import { expect, test } from "vitest";
import type { Catalogue } from "#lib/messages/catalogue.ts";
import { messagesOf } from "#lib/messages/catalogue.ts";
import { EN } from "#lib/messages/en.ts";
import { languageIn, languageOfContent, messagesIn } from "#lib/messages/messages.ts";
import { pseudo, pseudoText } from "./pseudo.ts";

const TEXTS = {
  plain: ["Nothing has happened.", "A sentence."],
  quoted: ["At /incidents/'<slug>', that's where.", "An address."],
  gap: ["lasted {length}", "How long."],
  count: ["{count, plural, one {# event} other {# events}} in {month}", "How many."],
  link: ["See the <link>history</link> of {year}.", "A link."],
} as const satisfies Catalogue;

const messages = messagesOf(TEXTS, "en");

function textsOf(catalogue: Catalogue, above = ""): [name: string, text: string, note: string][] {
  return Object.entries(catalogue).flatMap(([name, each]) =>
    Array.isArray(each)
      ? [[above + name, each[0] as string, each[1] as string] as [string, string, string]]
      : textsOf(each as Catalogue, `${above}${name}.`),
  );
}

test("a text without gaps is itself", () => {
  expect(messages.plain).toBe("Nothing has happened.");
  expect(messages.quoted).toBe("At /incidents/<slug>, that's where.");
});

test("gaps are filled, with the plural that a number wants", () => {
  expect(messages.gap({ length: "3 minutes" })).toBe("lasted 3 minutes");
  expect(messages.count({ count: 1, month: "May" })).toBe("1 event in May");
  expect(messages.count({ count: 1200, month: "May" })).toBe("1,200 events in May");
});

test("a text with elements in it comes in pieces", () => {
  const link = (inner: readonly string[]) => ({ link: inner });
  expect(messages.link({ link, year: 2026 })).toEqual(["See the ", { link: ["history"] }, " of 2026."]);
  expect(messages.gap({ length: { bold: "x" } })).toEqual(["lasted ", { bold: "x" }]);
});

test("a wrong name, a gap left open and a value of another kind do not compile", () => {
  const wrong = () => {
    // @ts-expect-error There is no such text.
    messages.missing();
    // @ts-expect-error Its gap is not filled.
    messages.gap({});
    // @ts-expect-error It has no such gap.
    messages.gap({ length: "1", width: "2" });
    // @ts-expect-error A plural wants a number.
    messages.count({ count: "1", month: "May" });
    // @ts-expect-error A text without gaps is no function.
    messages.plain({});
    // @ts-expect-error Its element is missing.
    messages.link({ year: 2026 });
  };
  expect(wrong).toThrow();
});

test("what ICU does not know is an error at the start", () => {
  expect(() => messagesOf({ a: ["{count, plural, one {# event}", "Broken."] }, "en")).toThrow(SyntaxError);
});

test("every text says to whoever translates it what it is", () => {
  for (const [name, text, note] of textsOf(EN)) {
    expect(text, name).not.toBe("");
    expect(note, name).toMatch(/^[A-Z“{].{3,}[.”:]$/);
  }
});

test("nothing is said twice of a state, an impact or a status", () => {
  const labels = textsOf({ effect: EN.effect, impact: EN.impact, status: EN.status }).map(([, text]) => text);
  expect(new Set(labels).size).toBe(labels.length);
  const others = textsOf(EN).filter(([name]) => !/^(?:effect|impact|status)\./.test(name));
  expect(others.filter(([, text]) => labels.includes(text)).map(([name]) => name)).toEqual([]);
});

test("the language of a site follows from its locale, and is English where there is no other", () => {
  expect(messagesIn("en-GB")).toBe(messagesIn("en"));
  expect(messagesIn("de")).toBe(messagesIn("en"));
  expect(["en", "en-GB", "de", "pt-BR"].map(languageIn)).toEqual(["en", "en-GB", "en", "en"]);
  expect(["en", "en-GB", "de", "pt-BR"].map(languageOfContent)).toEqual([undefined, undefined, "de", "pt-BR"]);
});

test("no locale makes a site speak the pseudo-language", () => {
  expect(messagesIn("en-XA")).toBe(messagesIn("en"));
});

test("the pseudo-language leaves no letter as it was but in gaps, and is a third longer", () => {
  expect(pseudoText("Impact")).toBe("⟦Îɱþåçţöö⟧");
  const made = messagesOf(pseudo(TEXTS) as typeof TEXTS, "en");
  expect(made.quoted).toMatch(/^⟦Åţ \/îñçîðéñţš\/<slug>, ţĥåţ'š ŵĥéŕé\.ö+⟧$/);
  expect(made.count({ count: 2, month: "M" })).toMatch(/^⟦2 éṽéñţš îñ Mö+⟧$/);
  expect(made.link({ link: (inner) => ({ inner }), year: 1 })).toEqual([
    "⟦Šéé ţĥé ",
    { inner: ["ĥîšţöŕý"] },
    expect.stringMatching(/^ öƒ 1\.ö+⟧$/),
  ]);
});
