import { resolve } from "node:path";
import { z } from "zod";
import { type AlertTarget, readTarget } from "./alert-url.ts";

/** Where each day's end of the ledger is put on record, out of reach of whoever has the database. */
export type WitnessTarget = AlertTarget | { readonly kind: "file"; readonly file: string };

/** Read from `CANDOR_WITNESS`: one or several of a file's path, https (also http to this machine) and mailto, with blanks between them. They may hold secrets: never shown. */
export const witnesses = z
  .string()
  .transform((text, context): readonly WitnessTarget[] => {
    const targets = text.split(/\s+/).filter(Boolean).map(targetOf);
    const known = targets.filter((target) => target !== undefined);
    if (known.length === targets.length) return known;
    context.addIssue({
      code: "custom",
      message: "is not a file, https://… or mailto:name@example.com, or several of them with blanks between",
    });
    return z.NEVER;
  })
  .optional();

function targetOf(text: string): WitnessTarget | undefined {
  if (/^(?:https?|mailto):/i.test(text)) return readTarget(text);
  // A scheme that we do not know is a mistake, and no file's name.
  return /^[a-z][a-z\d+.-]+:/i.test(text) ? undefined : { kind: "file", file: resolve(text) };
}
