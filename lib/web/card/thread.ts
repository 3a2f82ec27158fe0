import { parentPort } from "node:worker_threads";
import type { Card } from "#lib/site/views/card.ts";
import { render } from "./render.ts";

/** A thread that draws one card after another; what it answers is the picture, or why there is none. */
parentPort?.on("message", (card: Card) => {
  render(card).then(
    (picture) => parentPort?.postMessage({ picture }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  );
});
