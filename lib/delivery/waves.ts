import type { WaveProgress, WaveState } from "#lib/model/delivery.ts";

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
 * How long what hangs in a first wave is waited for once all of it was taken, in milliseconds: longer than a web host may
 * take to answer, so that whatever has left over HTTP has its outcome by then.
 */
export const PATIENCE_MS = 30_000;

/**
 * What to do once the deliveries of the first waves are on their way.
 * @param counts what became of them since an operator let the notice go on: earlier failures do not stop it again
 * @param isLate whether the wave has had `PATIENCE_MS`: then those without an answer are not waited for any more
 * @returns `widen` where nobody was reached: as many again are told, so that few of the rest are told untried
 */
export function judgeWave(
  progress: WaveProgress,
  counts: Pick<WaveState, "accepted" | "failed" | "unknown">,
  limit: number,
  isLate: boolean,
): "wait" | "open-next" | "widen" | "stop" {
  const isCounted = typeof progress !== "string";
  if (isFailing(counts, limit, isCounted)) return "stop";
  if (!isCounted) return "wait";
  const { accepted, failed, unknown, deferred, stuck } = progress;
  if (isLate) return accepted > 0 ? "open-next" : "widen";
  const answers = accepted + failed + unknown;
  // Nobody else is let in at once while most of the first are kept waiting, or where none at all is reached.
  const isTold = deferred <= answers && (answers > 0 || stuck === 0);
  return isTold ? "open-next" : "wait";
}
