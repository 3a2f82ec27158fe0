import { z } from "zod";
import type { Period, When } from "#lib/model/time.ts";
import { PERIOD, type ReadTime, readPeriod } from "./when.ts";

/**
 * What a value of the front matter or of `site.yaml` may be. All values arrive as the text that was written (see
 * `readYaml`), so every scalar is checked from its text.
 */

/** Characters of a title at the most. */
export const MAX_TITLE = 300;

/** What a value is, and what to write instead: one text, which `fit` takes apart again. */
export const otherwise = (fault: string, remedy: string) => ({ error: `${fault}\n${remedy}` });
export const tooMany = (most: number, what: string) => otherwise(`a list of more than ${most} ${what}`, "Shorten it.");

export const filled = (most: number) =>
  z
    .string()
    .trim()
    .min(1, otherwise("empty", "Write something there."))
    .max(most, otherwise(`longer than ${most} characters`, "Shorten it."));
/** A text that is shown on one line, however it was written. */
export const line = (most: number) => filled(most).transform((text) => text.replace(/[\r\n\u2028\u2029]/g, " "));
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, otherwise("not an id", "Use small letters, digits and hyphens, as in web-app."))
  .max(100, otherwise("longer than 100 characters", "Shorten it."));
const noWebAddress = otherwise("not a web address", "Write it whole, beginning with https:// or http://.");
/** Of the letters that RFC 3986 leaves out, `URL` drops some without a word; they would stand in headers and calendars. */
export const webAddress = z
  .url({ protocol: /^https?$/, abort: true, ...noWebAddress })
  .refine(isPlainAddress, noWebAddress);
export const formerPath = z
  .string()
  .refine(
    isPlainPath,
    otherwise(
      "no plain path",
      "Write it without “..”, “//”, dots at the start of a part, and without hiding any of them behind “%”.",
    ),
  )
  .regex(/^\/[^\s?#]*$/, otherwise("not a path", "Begin it with a slash, as in /issues/2020-05-01-old-name/."))
  .max(300, otherwise("longer than 300 characters", "Shorten it."))
  .transform((path) => encodeURI(decodeURIComponent(path)));
export const domain = z
  .string()
  .regex(/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/i, otherwise("not a domain", "Write it as example.com."))
  .transform((text) => text.toLowerCase());
export const truth = z.enum(["true", "false"]).transform((text) => text === "true");

export function time<T extends When | Period>(zone: string, read: (text: string, zone: string) => ReadTime<T>) {
  return z.string().transform((text, context): T => {
    const result = read(text.trim(), zone);
    if ("value" in result) return result.value;
    context.issues.push({ code: "custom", input: text, message: result.fault.message, params: { ...result.fault } });
    return z.NEVER;
  });
}

/** A length of time such as `72h` or `14d`, in milliseconds. */
export function period() {
  return z
    .string()
    .regex(PERIOD, otherwise("not a length of time", "Write it as 30m, 72h, 14d or 2w."))
    .transform((text) => readPeriod(text)?.ms ?? 0);
}
function isPlainAddress(address: string): boolean {
  return !/[\s<>"\\^`{|}]/.test(address);
}

/** No part of it leads up, hides from a listing, or says something else once it is decoded. */
function isPlainPath(path: string): boolean {
  if (/%(?:2e|2f|5c|25|00)|\\|\/\/|\/\./i.test(path)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
