/** Chance that a seed repeats: the same seed throws the same numbers on every machine (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0 and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @throws when there is nothing to choose from */
  pick<T>(choices: readonly T[]): T {
    const one = choices[Math.floor(this.next() * choices.length)];
    if (one === undefined) throw new Error("There is nothing to choose from.");
    return one;
  }

  some<T>(choices: readonly T[], share: number): readonly T[] {
    return choices.filter(() => this.chance(share));
  }
}

const SYLLABLES = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"];

/**
 * A word that stands nowhere else in a world, made of letters alone, so that no channel escapes it. In whichever message it
 * is found, it says what that message tells.
 */
export function marker(number: number): string {
  const parts = [...String(number).padStart(4, "0")].map((digit) => SYLLABLES[Number(digit)]);
  return `Qx${parts.join("")}`;
}

export const MARKER = /Qx(?:ba|ke|li|mo|nu|ra|se|ti|vo|zu){4}/g;
