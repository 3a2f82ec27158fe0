import { type Rounds, runEvery } from "#lib/delivery/run-every.ts";
import { haltOf } from "#lib/delivery/scope.ts";
import type { Halt } from "#lib/model/delivery.ts";
import { forgetUnconfirmed, type LetterDependencies, sendLetters } from "./letters.ts";

/** How often letters are looked for: whoever has just signed up waits for one. */
const LOOK_MS = 1_000;

const FORGET_EVERY_MS = 3_600_000;

export interface MessageSenderOptions extends Omit<LetterDependencies, "isHalted" | "config"> {
  readonly config: () => LetterDependencies["config"];
  readonly halts: () => Promise<readonly Halt[]>;
  /** Something did not work and is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Sends letters as they are written, and forgets now and then what nobody has confirmed. */
export function startMessageSender(options: MessageSenderOptions): Rounds {
  const { clock, config, halts, onError } = options;
  let forgotAt = Number.NEGATIVE_INFINITY;
  const round = async (signal: AbortSignal) => {
    const halted = await halts();
    const isHalted: LetterDependencies["isHalted"] = (channel) =>
      haltOf(halted, { channel, notice: "", event: "" }) !== undefined;
    while (!signal.aborted) {
      if ((await sendLetters({ ...options, config: config(), isHalted }, signal)) === 0) break;
    }
    if (clock() - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = clock();
    await forgetUnconfirmed(options, forgotAt);
  };
  return runEvery(round, { everyMs: LOOK_MS, onError });
}
