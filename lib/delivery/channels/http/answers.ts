import type { Answer } from "#lib/model/delivery.ts";
import type { HttpEnding } from "./exchange.ts";

const DAY_MS = 86_400_000;

/**
 * What the end of a request means for the delivery.
 * @param isGone whether a status says that the address is no more
 */
export function answerOf(ending: HttpEnding, isGone: (status: number) => boolean, now: number): Answer {
  switch (ending.kind) {
    case "stopped":
      return ending.left
        ? { outcome: "unknown", detail: "The request was stopped when its content had left." }
        : { outcome: "unsent", detail: "The request was stopped before its content had left." };
    case "barred":
      return { outcome: "refused", detail: ending.detail };
    case "resting":
      return {
        outcome: "deferred",
        detail: "The receiver's host has not answered for a while and is left alone.",
        retryAfterMs: ending.forMs,
      };
    case "busy":
      return {
        outcome: "unsent",
        detail: "All connections to the receiver's host were taken; nothing had left.",
        retryAfterMs: ending.forMs,
      };
    case "silent":
      return ending.left
        ? { outcome: "unknown", detail: `The content had left and no answer came: ${ending.detail}` }
        : { outcome: "deferred", detail: `The receiver was not reached: ${ending.detail}` };
    case "answered":
      return answered(ending, isGone, now);
  }
}

function answered(
  { headers, status, text }: HttpEnding & { kind: "answered" },
  isGone: (status: number) => boolean,
  now: number,
): Answer {
  // Slack says “channel_not_found”; whatever is more than one such word may hold anything.
  const word = /^[a-z_]{3,60}$/.exec(text.trim())?.[0];
  const detail = `The receiver answered ${status}${word ? `: ${word}` : ""}.`;
  if (status < 300) return { outcome: "accepted", detail };
  if (isGone(status)) return { outcome: "gone", detail };
  if (status < 400)
    return {
      outcome: "refused",
      detail: `${detail} It leads elsewhere, and we do not follow; its owner should give us the final address.`,
    };
  if (![408, 425, 429].includes(status) && status < 500) return { outcome: "refused", detail };
  const retryAfterMs = retryAfter(headers["retry-after"], now);
  return { outcome: "deferred", detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** In seconds or as a date (RFC 9110); never longer than a day. */
function retryAfter(header: unknown, now: number): number | undefined {
  const text = String(header ?? "").trim();
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY_MS);
}
