import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { siteTitle } from "#lib/messages/naming.ts";
import { CARD_SIZE, type Card } from "#lib/site/views/card.ts";
import { renderer } from "../draw-icon.ts";

/** The letters a card can show; what is missing in one is looked for in the next. */
const ALPHABETS = ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"];

type Draw = (card: Card) => Promise<Uint8Array>;

let ready: Promise<Draw> | undefined;

/**
 * Draws a card as a PNG. What that needs (a layout engine, a renderer and a font, all from the disk) is loaded with the
 * first one.
 */
export async function render(card: Card): Promise<Uint8Array> {
  ready ??= load();
  return (await ready)(card);
}

async function load(): Promise<Draw> {
  const [{ default: satori }, Resvg] = await Promise.all([import("satori"), renderer()]);
  const { resolve } = createRequire(import.meta.url);
  const fonts = await Promise.all(
    ALPHABETS.flatMap((alphabet) =>
      ([400, 600] as const).map(async (weight) => ({
        // One name each: the next is looked into where a letter is missing.
        name: `Inter ${alphabet}`,
        data: await readFile(resolve(`@fontsource/inter/files/inter-${alphabet}-${weight}-normal.woff`)),
        weight,
      })),
    ),
  );
  const lay = async (card: Card) => {
    const lacking = new Set<string>();
    const svg = await satori(element(card) as Parameters<typeof satori>[0], {
      ...CARD_SIZE,
      fonts,
      // Asked for whatever no font has.
      loadAdditionalAsset(_, letters) {
        for (const letter of letters) lacking.add(letter);
        return Promise.resolve([]);
      },
    });
    return { svg, lacking };
  };
  return async (card) => {
    const { svg, lacking } = await lay({ ...card, name: siteTitle(card) });
    const shown = lacking.size === 0 ? svg : (await lay(withoutLetters(card, lacking))).svg;
    return new Resvg(shown).render().asPng();
  };
}

/** What a card says in the letters there are: a text that has lost most of its own says nothing. */
function withoutLetters(card: Card, lacking: ReadonlySet<string>): Card {
  const left = (text: string) => {
    const kept = [...text].filter((letter) => !lacking.has(letter)).join("");
    const letters = (of: string) => of.match(/\p{L}|\p{N}/gu)?.length ?? 0;
    return letters(kept) * 2 > letters(text) ? kept.replace(/\s+/g, " ").trim() : "";
  };
  const name = left(card.name);
  const title = left(card.title);
  return {
    ...card,
    name: name === "" ? card.host : siteTitle({ ...card, name }),
    title: title === "" ? card.state : title,
    state: title === "" ? "" : left(card.state),
    when: left(card.when),
  };
}

/** An element as React would make it, which is what the layout engine reads. */
function box(style: Readonly<Record<string, string | number>>, children: unknown): object {
  return { type: "div", props: { style: { display: "flex", ...style }, children } };
}

function element({ name, title, state, colour, when }: Card): object {
  return box(
    {
      flexDirection: "column",
      justifyContent: "space-between",
      boxSizing: "border-box",
      width: "100%",
      height: "100%",
      padding: "64px 72px",
      borderLeft: `28px solid ${colour}`,
      backgroundColor: "#ffffff",
      color: "#1b1f24",
      fontFamily: ALPHABETS.map((alphabet) => `Inter ${alphabet}`).join(", "),
    },
    [
      box({ fontSize: 34, color: "#565d66" }, name),
      box({ fontSize: title.length > 70 ? 56 : 72, fontWeight: 600, lineHeight: 1.15, wordBreak: "break-word" }, title),
      box({ justifyContent: "space-between", fontSize: 34 }, [
        box({ color: colour, fontWeight: 600 }, state),
        box({ color: "#565d66" }, when),
      ]),
    ],
  );
}
