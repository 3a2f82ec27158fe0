import type { WaveState } from "#lib/model/delivery.ts";

/** Fewer recipients than this go in one wave: of so few, a first few tell nothing. */
const ALL_AT_ONCE = 50;

/** The last wave: everyone who is left. */
export const LAST_WAVE = 2;

/** The shares of all recipients that the first two waves are. */
const CANARY = 0.01;
const SHARE = 0.1;

/** The wave of a recipient that stands at `fraction` (0 to 1) among as many; the first for which anybody may leave at 0. */
export function waveOf(fraction: number, recipients: number): number {
  if (recipients < ALL_AT_ONCE) return LAST_WAVE;
  if (fraction < Math.max(CANARY, 5 / recipients)) return 0;
  return fraction < CANARY + SHARE ? 1 : LAST_WAVE;
}

/** So few answers say nothing of the rest. */
const FEW_ANSWERS = 10;

/** So few failures are no pattern. */
const FEW_FAILURES = 3;

/** Whether so much has gone wrong that nothing more may leave; `limit` is a share of all answers, from 0 to 1. */
export function isFailing(
  { accepted, failed, unknown }: Pick<WaveState, "accepted" | "failed" | "unknown">,
  limit: number,
  isWhole: boolean,
): boolean {
  const [answers, bad] = [accepted + failed + unknown, failed + unknown];
  return bad >= FEW_FAILURES && bad > limit * answers && (isWhole || answers >= FEW_ANSWERS);
}

/**
 * What to do once the deliveries of the first waves are on their way.
 * @param state undefined while some of them have not been tried
 * @param counts what became of them since an operator let the notice go on: earlier failures do not stop it again
 */
export function judgeWave(
  state: WaveState | undefined,
  counts: Pick<WaveState, "accepted" | "failed" | "unknown">,
  limit: number,
): "wait" | "open-next" | "stop" {
  if (isFailing(counts, limit, state !== undefined)) return "stop";
  if (state === undefined) return "wait";
  const { accepted, failed, unknown, deferred, stuck } = state;
  const answers = accepted + failed + unknown;
  // Nobody else is let in while most of the first are kept waiting, but for some minutes: a few addresses that are
  // away for days must not keep the news from everybody. Where none at all is reached, it is not they that are away.
  const isTold = deferred <= answers && (answers > 0 || stuck === 0);
  return isTold ? "open-next" : "wait";
}
