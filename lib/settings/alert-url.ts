import { z } from "zod";

/** Where the operators want to be told of alarms. */
export type AlertTarget =
  | { readonly kind: "post"; readonly url: string }
  | { readonly kind: "mail"; readonly to: string };

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Read from `CANDOR_ALERT_URL`: https (also http to this machine), or mailto with one address. It may hold a secret: never shown. */
export const alertUrl = z
  .string()
  .transform((text, context): AlertTarget => {
    const target = readTarget(text);
    if (target) return target;
    context.addIssue({ code: "custom", message: "is not of the form https://… or mailto:name@example.com" });
    return z.NEVER;
  })
  .optional();

/** The same of any address of the operators' own. */
export function readTarget(text: string): AlertTarget | undefined {
  const url = URL.parse(text);
  if (!url) return undefined;
  if (url.protocol === "mailto:") {
    const to = decodeURIComponent(url.pathname);
    return /^[^\s<>@",]+@[^\s<>@",]+\.[^\s<>@",]+$/.test(to) ? { kind: "mail", to } : undefined;
  }
  const isAllowed = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
  return isAllowed ? { kind: "post", url: url.href } : undefined;
}
