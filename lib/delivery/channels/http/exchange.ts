import type { Dispatcher } from "undici";

/** How one request ended. `left` says whether anything of it may have left. */
export type HttpEnding =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, unknown>>;
      readonly text: string;
    }
  | { readonly kind: "silent"; readonly left: boolean; readonly detail: string }
  | { readonly kind: "stopped"; readonly left: boolean }
  /** Nothing left, and nothing ever will to this address. */
  | { readonly kind: "barred"; readonly detail: string }
  /** The host has not answered lately. */
  | { readonly kind: "resting"; readonly forMs: number }
  /** All connections to the host are taken by other requests. */
  | { readonly kind: "busy"; readonly forMs: number };

/** When a request must be stopped. */
export interface Limits {
  /** Nothing leaves once it is aborted; what has left may still be answered. */
  readonly hold: AbortSignal;
  /** Everything ends once it is aborted. `hold` is aborted with it, or before. */
  readonly stop: AbortSignal;
  /** Told apart from a timer: a process that was held up comes to its sockets before its timers. */
  readonly isLate: () => boolean;
  /** How long the answer may take, in milliseconds. */
  readonly answerMs: number;
}

/** No answer that we need is longer; whatever follows is not read. */
const MOST_ANSWER = 65_536;

/** How long the answer to what has left is waited for once it is stopped, in milliseconds: better known than unknown. */
const STOPPED_MS = 300;

/** How long the rest of an answer is waited for once its status is known, in milliseconds. */
const TAIL_MS = 1000;

/** One request and its answer, on a connection that carries nothing else. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly ending: Promise<HttpEnding>;
  readonly #limits: Limits;
  readonly #cut: () => void;
  readonly #resolve: (ending: HttpEnding) => void;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #left = false;
  #isOver = false;
  #isWhole = false;
  #answer: { readonly status: number; readonly headers: Readonly<Record<string, unknown>> } | undefined;
  /** The one timer there is: for the answer, then for its rest, or for what is stopped. */
  #timer: NodeJS.Timeout;

  /** @param cut ends the connection: nothing leaves over it after that */
  constructor(limits: Limits, cut: () => void) {
    this.#limits = limits;
    this.#cut = cut;
    const { promise, resolve } = Promise.withResolvers<HttpEnding>();
    this.ending = promise;
    this.#resolve = resolve;
    this.#timer = setTimeout(() => this.#giveUp("It took too long to answer."), limits.answerMs);
    limits.stop.addEventListener("abort", this.#stop, { once: true });
  }

  /** Whether the connection can carry another request. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** The last moment at which nothing has left: after this call the request is written in one piece. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { hold, isLate } = this.#limits;
    if (hold.aborted || isLate()) this.#end({ kind: "stopped", left: false });
    if (this.#isOver) controller.abort(new Error("It was over before it began."));
    else this.#left = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    if (status < 200) return;
    this.#answer = { status, headers };
    // Nearly always the rest has come in the same piece, and needs no timer.
    queueMicrotask(() => this.#awaitRest());
  }

  #awaitRest(): void {
    if (this.#isOver) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp("It ended without an answer."), TAIL_MS);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MOST_ANSWER) this.#giveUp("Its answer was too long.");
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#isWhole = !this.#isOver && String(this.#answer?.headers["connection"] ?? "").toLowerCase() !== "close";
    this.#giveUp("It ended without an answer.");
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: NodeJS.ErrnoException): void {
    this.#giveUp(error.code ?? error.name);
  }

  // Nobody need listen to “hold”: it is looked at when the request begins, and after that it has left.
  readonly #stop = () => {
    if (!this.#left) return this.#end({ kind: "stopped", left: false });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end({ kind: "stopped", left: true }), STOPPED_MS);
  };

  #giveUp(detail: string): void {
    this.#end({ kind: "silent", left: this.#left, detail });
  }

  /** Ends it, with the answer if there is one, otherwise as told. What is still under way is cut off before that is said. */
  #end(otherwise: HttpEnding): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#limits.stop.removeEventListener("abort", this.#stop);
    if (!this.#isWhole) this.#cut();
    const answer = this.#answer;
    this.#resolve(answer ? { kind: "answered", ...answer, text: Buffer.concat(this.#chunks).toString() } : otherwise);
  }
}
