import type { Evidence, Fault } from "./evidence.ts";
import { judge } from "./judge.ts";
import { CHANNELS } from "./people.ts";
import { type Crowd, haltPlan } from "./plan-halt.ts";
import { play } from "./play.ts";

/** What came of one halt. */
export interface HaltedOne {
  readonly channel: string;
  readonly crowd: Crowd;
  /** From the start of the command to the last byte of a message; less than nothing when it had come before. */
  readonly lastByteMs: number;
  /** How long the command itself took. */
  readonly commandMs: number;
  readonly arrived: number;
  readonly waiting: number;
  readonly faults: readonly Fault[];
}

/** Halts what leaves to hanging and to slow receivers, channel by channel, and holds the lists against what they have. */
export async function* haltChannels(databaseUrl: () => Promise<string | undefined>): AsyncGenerator<HaltedOne> {
  for (const channel of CHANNELS) {
    for (const crowd of ["hanging", "slow"] as const) {
      const url = await databaseUrl();
      const evidence = await play(haltPlan(channel, crowd), url === undefined ? {} : { databaseUrl: url });
      yield { channel, crowd, ...measured(evidence), faults: judge(evidence) };
    }
  }
}

function measured({ halts, got }: Evidence) {
  const [halt] = halts;
  if (!halt) throw new Error("Nothing was halted.");
  const before = got.filter(({ completeAt }) => completeAt < halt.liftedAt);
  return {
    lastByteMs: Math.max(...before.map(({ completeAt }) => completeAt)) - halt.from,
    commandMs: halt.until - halt.from,
    arrived: before.length,
    waiting: halt.waiting.size,
  };
}
