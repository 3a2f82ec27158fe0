import type { Answer, Message } from "#lib/model/delivery.ts";

/** A channel at work: it holds connections until it is closed. */
export interface Transport {
  /**
   * Sends one message and says what became of it. Never throws. An answer that nothing was taken is given only once
   * nothing of the message can leave any more: no library holds it, and its connection has been cut off.
   * @param hold once it is aborted nothing leaves any more: `unsent` at once if nothing had left, while the answer to
   *   what has left is waited for
   * @param stop once it is aborted everything ends: what had left whole is `unknown` unless its answer comes at once.
   *   `hold` is aborted with it, or before. It is `hold` unless told otherwise
   */
  send(message: Message, hold: AbortSignal, stop?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}
