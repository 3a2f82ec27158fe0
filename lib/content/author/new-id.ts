import { randomInt } from "node:crypto";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SIGNS = `${LETTERS}0123456789`;

/** As long as the ids of incidents in the API. */
export const EVENT_ID_LENGTH = 12;

/** Enough to differ from the few others of one file. */
export const UPDATE_ID_LENGTH = 6;

/** A random id of small letters and digits, none of `taken`. It begins with a letter: no reader of YAML takes it for a number. */
export function newId(length: number, taken: readonly (string | undefined)[] = []): string {
  for (;;) {
    const rest = Array.from({ length: length - 1 }, () => SIGNS[randomInt(SIGNS.length)]);
    const id = `${LETTERS[randomInt(LETTERS.length)]}${rest.join("")}`;
    if (!taken.includes(id)) return id;
  }
}
