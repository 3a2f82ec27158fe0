import type { Answer } from "#lib/model/delivery.ts";
import { detailOf } from "../detail.ts";

/** How an SMTP attempt ended without success, as nodemailer's connection tells it. */
export interface SmtpFault {
  readonly message: string;
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
}

/** What servers say of a mailbox that is not there, when they give no enhanced status code. */
const NOBODY =
  /user unknown|unknown (?:user|recipient|mailbox)|no such (?:user|mailbox|recipient|address)|(?:mailbox|user|recipient|address|account)\b.{0,40}\b(?:not found|does(?: not|n't) exist|unknown|no longer|disabled)|not a (?:valid|known) (?:mailbox|user|recipient)/i;

/**
 * What a fault means for the delivery.
 * @param left whether the whole content, its end included, may have left
 */
export function answerOf(fault: SmtpFault, left: boolean): Answer {
  const { command, response = "", responseCode } = fault;
  if (responseCode === undefined) return withoutReply(fault, left);
  const detail = detailOf(response);
  // A server that refuses our greeting or our password says nothing of the recipient.
  const isOurs = !["MAIL FROM", "RCPT TO", "DATA"].includes(command ?? "");
  if (isOurs) return { ...deferred(`The mail server does not let us in: ${detail}`, response), isOurs };
  if (responseCode < 500) return { ...deferred(detail, response), ...(responseCode === 421 ? { isOurs: true } : {}) };
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0];
  const isGone = status ? /^5\.1\.(?:1|2|3|6|10)$/.test(status) : command === "RCPT TO" && NOBODY.test(response);
  // A sender that is not taken says nothing of the recipient either.
  if (command === "MAIL FROM") return { outcome: "refused", detail, isOurs: true };
  return { outcome: isGone ? "gone" : "refused", detail };
}

function withoutReply({ code, command, message }: SmtpFault, left: boolean): Answer {
  if (left)
    return { outcome: "unknown", detail: "The connection ended after the mail had left and before an answer came." };
  if (code === "EMESSAGE" && command === "MAIL FROM")
    return { outcome: "refused", detail: "The mail is larger than the mail server takes." };
  if (code === "EENVELOPE" && command === "API")
    return { outcome: "refused", detail: "The mail server cannot take this address." };
  return { outcome: "deferred", detail: `The mail server was not reached: ${detailOf(message)}`, isOurs: true };
}

function deferred(detail: string, response: string): Answer {
  const retryAfterMs = hintOf(response);
  return { outcome: "deferred", detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** “try again in 5 minutes”, “Greylisted for 300 seconds”. */
function hintOf(response: string): number | undefined {
  const hint = /\b(?:in|after|for|wait)\s+(\d{1,5})\s*(s|m|h)(?:ec|in|r|our)?/i.exec(response);
  const unit = UNITS[hint?.[2]?.toLowerCase() ?? ""];
  return hint && unit !== undefined ? Math.min(Number(hint[1]) * unit, 24 * 3_600_000) : undefined;
}
