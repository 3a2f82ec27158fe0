import { readFileSync } from "node:fs";

/**
 * Moves the wall clock of a process, and of its threads, by as many milliseconds as stand in the file CLOCK_FILE names; what
 * stands there may change while it runs. Clocks that only measure how long something takes go on as they are.
 */
const file = process.env.CLOCK_FILE;
const RealDate = globalThis.Date;
const realNow = RealDate.now;
let offsetMs = 0;
let lookedAt = Number.NEGATIVE_INFINITY;

function now() {
  const real = realNow();
  if (file && Math.abs(real - lookedAt) > 20) {
    lookedAt = real;
    try {
      offsetMs = Number(readFileSync(file, "utf8")) || 0;
    } catch {
      // It is being written anew: what stood there still holds.
    }
  }
  return real + offsetMs;
}

if (file) {
  class MovedDate extends RealDate {
    constructor(...values) {
      if (values.length === 0) super(now());
      else super(...values);
    }

    static now() {
      return now();
    }

    // Its own, and not inherited: frameworks copy what a class has itself.
    static UTC = RealDate.UTC;
    static parse = RealDate.parse;
  }
  Object.defineProperty(MovedDate, "name", { value: "Date" });
  globalThis.Date = MovedDate;
}
