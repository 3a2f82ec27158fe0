import type { Claimed, Halt, OpenSeal, SealedText, Settled, WaveProgress } from "#lib/model/delivery.ts";
import type { ChannelName } from "#lib/model/subscription.ts";

/** How many deliveries of a seal a worker wants. */
export interface Want {
  readonly seal: OpenSeal;
  readonly most: number;
}

/** The queue as a worker sees it: every promise it makes is kept on the disk before it returns. */
export interface DeliveryQueue {
  /** Writes down what became of attempts, and takes deliveries that are due for this worker alone. */
  exchange(settled: readonly Settled[], wants: readonly Want[], now: number): Promise<readonly Claimed[]>;
  openSeals(): Promise<readonly OpenSeal[]>;
  sealedText(notice: string, channel: ChannelName, text?: string): Promise<SealedText>;
  halts(): Promise<readonly Halt[]>;
  halt(halt: Halt): Promise<void>;
  /** @param isLate whether what is unanswered is not waited for any more */
  waveState(seal: OpenSeal, isLate: boolean): Promise<WaveProgress>;
  /** Takes as many again into the waves that may leave, of which there are `inWave`. */
  widenWave(seal: OpenSeal, inWave: number): Promise<void>;
  openWave(seal: OpenSeal): Promise<void>;
  closeSeal(seal: OpenSeal): Promise<void>;
  stopSeal(seal: OpenSeal, why: string, now: number): Promise<void>;
  /**
   * Says that this worker lives and which deliveries it holds, and finds what dead ones left behind.
   * @returns how many became unknown
   */
  beat(now: number, held: readonly number[]): Promise<number>;
  /** Signs this worker off, with nothing left in its hands. */
  leave(): Promise<void>;
}
