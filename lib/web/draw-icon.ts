import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { LRUCache } from "lru-cache";
import type { Effect } from "#lib/model/incident.ts";
import { EFFECT_COLOURS } from "#lib/site/views/colours.ts";
import { SHAPES } from "#lib/site/views/shapes.ts";

let ready: Promise<typeof import("@resvg/resvg-wasm").Resvg> | undefined;

/** What a renderer of SVG needs is loaded with the first picture that anybody asks for, and once. */
export function renderer(): Promise<typeof import("@resvg/resvg-wasm").Resvg> {
  ready ??= (async () => {
    const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
    await initWasm(await readFile(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
    return Resvg;
  })();
  return ready;
}

const drawn = new LRUCache<string, Promise<Uint8Array>>({ max: 20 });

/** The mark of a state as a PNG, so many pixels wide; for a phone's first screen on white and with a margin. */
export function drawIcon(state: Effect, size: number, isOnWhite = false): Promise<Uint8Array> {
  const key = `${state} ${size} ${isOnWhite}`;
  const known = drawn.get(key) ?? draw(state, size, isOnWhite);
  drawn.set(key, known);
  // What failed is tried again.
  known.catch(() => drawn.delete(key));
  return known;
}

async function draw(state: Effect, size: number, isOnWhite: boolean): Promise<Uint8Array> {
  const Resvg = await renderer();
  const box = isOnWhite ? "-4 -4 28 28" : "0 0 20 20";
  const ground = isOnWhite ? '<rect x="-4" y="-4" width="28" height="28" fill="#fff"/>' : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${box}">${ground}<path fill-rule="evenodd" fill="${EFFECT_COLOURS[state]}" d="${SHAPES[state]}"/></svg>`;
  return new Resvg(svg).render().asPng();
}

/** An ICO file of one PNG: its header of 6 bytes, an entry of 16, and the picture. */
export function icoOf(png: Uint8Array, size: number): Uint8Array {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}
