import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import type { Card } from "#lib/site/views/card.ts";

/** As many cards may wait to be drawn, at about a tenth of a second each. */
const MOST_WAITING = 100;

/** No card takes longer to draw, in milliseconds; the first one waits for the renderer to be loaded as well. */
const DEADLINE_MS = 30_000;

/** Bytes of pictures that are kept: about a thousand cards. What a card says seldom changes. */
const MOST_BYTES = 32_000_000;

type Answer = { readonly picture: Uint8Array } | { readonly error: string };

const kept = new LRUCache<string, Uint8Array>({
  maxSize: MOST_BYTES,
  sizeCalculation: ({ length }, { length: key }) => length + key,
});
const underWay = new Map<string, Promise<Uint8Array>>();

/** The thread that draws, once there is one; and the end of what it was last told to do. */
let thread: Worker | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Draws a card as a PNG, once for as long as it says the same, and in a thread beside: whoever waits for a page does not
 * wait for a picture.
 * @returns undefined when too many are waiting already
 * @throws when it cannot be drawn, or takes too long
 */
export async function drawCard(card: Card): Promise<Uint8Array | undefined> {
  const key = JSON.stringify(card);
  const known = kept.get(key) ?? underWay.get(key);
  if (known !== undefined) return await known;
  if (underWay.size >= MOST_WAITING) return undefined;
  const drawing = queue.then(() => drawInThread(card));
  queue = drawing.catch(() => undefined);
  underWay.set(key, drawing);
  try {
    const picture = await drawing;
    kept.set(key, picture);
    return picture;
  } finally {
    underWay.delete(key);
  }
}

async function drawInThread(card: Card): Promise<Uint8Array> {
  const drawer = thread ?? open();
  drawer.postMessage(card);
  const answer = await answerOf(drawer);
  if ("error" in answer) throw new Error(`The card could not be drawn: ${answer.error}`);
  return answer.picture;
}

async function answerOf(drawer: Worker): Promise<Answer> {
  try {
    const [answer] = (await once(drawer, "message", { signal: AbortSignal.timeout(DEADLINE_MS) })) as [Answer];
    return answer;
  } catch (error) {
    // What it still does is of no use to anybody, and its next answer would be taken for another's.
    if (thread === drawer) thread = undefined;
    await drawer.terminate();
    throw error;
  }
}

function open(): Worker {
  const drawer = new Worker(new URL("./thread.ts", import.meta.url));
  thread = drawer;
  drawer.once("exit", () => {
    if (thread === drawer) thread = undefined;
  });
  drawer.unref();
  return drawer;
}
