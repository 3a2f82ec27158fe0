import type { Answer } from "#lib/model/delivery.ts";
import { detailOf } from "./detail.ts";

/**
 * Makes a message ready (signed, encrypted, written out) and sends it. What cannot be made ready has not left, and will
 * fare no better another time.
 */
export async function prepared<Ready>(
  prepare: () => Ready | Promise<Ready>,
  send: (ready: Ready) => Promise<Answer>,
): Promise<Answer> {
  let ready: Ready;
  try {
    ready = await prepare();
  } catch (error) {
    return { outcome: "refused", detail: `The message could not be made ready: ${detailOf(String(error))}` };
  }
  return send(ready);
}
