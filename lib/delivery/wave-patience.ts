import { type OpenSeal, sealKey, type WaveProgress } from "#lib/model/delivery.ts";
import { PATIENCE_MS } from "./waves.ts";

/** Since when all of each first wave was taken, as one worker has seen it: what hangs in it is not waited for without end. */
export class WavePatience {
  /** By seal, in milliseconds since the epoch. */
  readonly #takenAt = new Map<string, number>();

  /** Whether a wave has had the time that it gets; a clock that was set back holds nobody up. */
  isLate(seal: OpenSeal, now: number): boolean {
    const takenAt = this.#takenAt.get(sealKey(seal));
    return takenAt !== undefined && Math.abs(now - takenAt) > PATIENCE_MS;
  }

  /** Its time begins once none of it is left that was never taken, and anew with whatever is put back untried. */
  see(seal: OpenSeal, progress: WaveProgress, now: number): void {
    const key = sealKey(seal);
    if (progress === "untaken") this.#takenAt.delete(key);
    else if (!this.#takenAt.has(key)) this.#takenAt.set(key, now);
  }

  /** Begins anew: other deliveries may leave than before, or none. */
  forget(seal: OpenSeal): void {
    this.#takenAt.delete(sealKey(seal));
  }

  /** Forgets all waves but those of these seals. */
  keepOnly(seals: readonly OpenSeal[]): void {
    const open = new Set(seals.map(sealKey));
    for (const key of this.#takenAt.keys()) if (!open.has(key)) this.#takenAt.delete(key);
  }
}
