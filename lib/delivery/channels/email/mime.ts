import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Mail } from "./mail.ts";

/** What stands on the envelope and in the head of the mail. */
interface Envelope {
  readonly from: Sender;
  /** The only address it goes to. */
  readonly to: string;
}

export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** With what mails are signed (RFC 6376). */
export interface Dkim {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
}

/** What the signature covers: nodemailer's own list leaves List-Unsubscribe-Post out, which RFC 8058 wants in. */
const SIGNED = [
  "From",
  "To",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "Content-Language",
  "List-ID",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "Auto-Submitted",
].join(":");

/** The mail as bytes, ready for SMTP or a file. */
export function writeMail(mail: Mail, { from, to }: Envelope, date: number, dkim: Dkim | undefined): Promise<Buffer> {
  const node = new MailComposer({
    from: { ...from },
    to: { name: "", address: to },
    ...(mail.replyTo === undefined ? {} : { replyTo: { name: "", address: mail.replyTo } }),
    subject: mail.subject,
    date: new Date(date),
    messageId: `<${mail.messageId}>`,
    ...(mail.inReplyTo === undefined ? {} : { inReplyTo: `<${mail.inReplyTo}>` }),
    references: mail.references.map((id) => `<${id}>`),
    headers: headersOf(mail),
    text: mail.text,
    html: mail.html,
    // Not drawn by lot, so that the same mail is the same bytes; and not to be guessed by who writes a part of it.
    baseBoundary: createHash("sha256").update(`${mail.messageId}\n${mail.text}`).digest("hex").slice(0, 24),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  if (!dkim) return node.build();
  const signer = new DKIM({
    domainName: dkim.domain,
    keySelector: dkim.selector,
    privateKey: dkim.privateKey,
    headerFieldNames: SIGNED,
  });
  return node.build().then((bytes) => buffer(signer.sign(bytes)));
}

/** These are written as they stand: nodemailer would put what is in quotation marks into encoded words. */
function headersOf({ language, leaveUrl, listId }: Mail): { key: string; value: { prepared: true; value: string } }[] {
  const headers = {
    "Content-Language": language,
    "Auto-Submitted": "auto-generated",
    // What Exchange understands in the place of Auto-Submitted.
    "X-Auto-Response-Suppress": "All",
    ...(listId === undefined ? {} : { "List-ID": listId }),
    ...(leaveUrl === undefined
      ? {}
      : { "List-Unsubscribe": `<${leaveUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
  };
  return Object.entries(headers).map(([key, value]) => {
    if (/[^\x20-\x7e]/.test(value)) throw new TypeError(`The header ${key} holds what no header may hold.`);
    return { key, value: { prepared: true, value } };
  });
}
