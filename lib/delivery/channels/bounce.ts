import PostalMime, { type Email } from "postal-mime";
import { detailOf } from "./detail.ts";

/** What a mail server reports of a mail that it could not deliver (RFC 3464), or not yet. */
export interface Bounce {
  readonly about: BounceSubject;
  /** `gone`: nobody is at this address. `failed`: this mail will not arrive. `delayed`: it is still being tried. */
  readonly kind: "gone" | "failed" | "delayed";
  /** Enhanced status code (RFC 3463), when one was given. */
  readonly status?: string;
  readonly detail: string;
}

/** Of which mail a report speaks. Anybody can write a report: it is for the vault to say whether any of this is true. */
export interface BounceSubject {
  /** What stands behind the `+` in the address that the report was sent to. */
  readonly returnedTo?: string;
  /** The id in the Message-ID of the mail that is sent back, whole or only its headers. */
  readonly message?: string;
  /** The subscription's token, of the link to unsubscribe in the mail that is sent back. */
  readonly token?: string;
}

/** What our mails carry, so that a report about one can be told from any other mail. */
export interface BounceMarks {
  /** Where our Message-IDs end: the host of the site's address. */
  readonly host: string;
  /** The address of returned mails, when one is set: `name@domain`. */
  readonly bounces?: string;
}

/** A report that sends back the whole of a mail of ours has fewer bytes and lines; what strangers send shall hold up nobody. */
export const MOST_BOUNCE_BYTES = 500_000;
const MOST_LINES = 10_000;

/**
 * Reads a mail that came to the address of returned mails.
 * @returns nothing when it is not a report about a mail of ours: an automatic answer, say, or a person's
 */
export async function readBounce(raw: Uint8Array, marks: BounceMarks): Promise<Bounce | undefined> {
  if (raw.length > MOST_BOUNCE_BYTES || raw.filter((byte) => byte === 10).length > MOST_LINES) return;
  // Mails that are no mails, or nested too deep, are refused by the parser.
  const mail = await PostalMime.parse(raw, { rfc822Attachments: true, attachmentEncoding: "utf8" }).catch(
    () => undefined,
  );
  if (!mail) return;
  const parts = mail.attachments.map(({ content, mimeType }) => ({ mimeType, text: String(content) }));
  const report = parts.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType))?.text;
  const returned = parts.filter(({ text }) => text !== report).map(({ text }) => text);
  const words = mail.text ?? "";
  if (report === undefined && !isFromMailServer(mail)) return;
  const about = subjectOf(mail, [...returned, words].join("\n"), marks);
  if (about.returnedTo === undefined && about.message === undefined) return;
  return { about, ...(report === undefined ? fromWords(words) : fromReport(report)) };
}

function subjectOf(mail: Email, returned: string, marks: BounceMarks): BounceSubject {
  const returnedTo = ourRecipient(mail, marks);
  const message = ourMessage(returned, marks);
  // Headers go on in lines that begin with a space.
  const leave = /^[ >]*List-Unsubscribe:[\s>]*<[^<>]*\/subscriptions\/([\w-]{1,100})\/leave>/im.exec(returned);
  const token = leave?.[1];
  return {
    ...(returnedTo === undefined ? {} : { returnedTo }),
    ...(message === undefined ? {} : { message }),
    ...(token === undefined ? {} : { token }),
  };
}

/** qmail and some others send words alone; they come from nobody, or from the server's own name. */
function isFromMailServer({ from, headers, returnPath }: Email): boolean {
  const isAnswer = headers.some(({ key, value }) => key === "auto-submitted" && /^auto-replied/i.test(value));
  const sender = from?.address ?? "";
  return (
    !isAnswer && (returnPath === "" || returnPath === "<>" || /^(?:mailer-daemon|postmaster)(?:@|$)/i.test(sender))
  );
}

/** What is behind the `+` in the address that the report was sent to: `name+<…>@domain`. */
function ourRecipient({ deliveredTo, headers, to }: Email, { bounces }: BounceMarks): string | undefined {
  if (bounces === undefined) return;
  const [name = "", domain = ""] = bounces.split("@");
  const addresses = [deliveredTo ?? "", ...(to ?? []).map((each) => each.address ?? "")];
  for (const { key, value } of headers) if (key === "x-original-to" || key === "envelope-to") addresses.push(value);
  for (const address of addresses) {
    const found = /^<?([^+<>]+)\+([\w.-]{1,100})@([^<>]+?)>?$/.exec(address.trim());
    if (found?.[1] === name && found[3]?.toLowerCase() === domain.toLowerCase()) return found[2];
  }
  return;
}

function ourMessage(returned: string, { host }: BounceMarks): string | undefined {
  const named = returned.matchAll(/^[ >]*Message-ID:\s*<([\w.-]{1,100})@([^<>\s]+)>/gim);
  for (const [, id, where] of named) if (where?.toLowerCase() === host.toLowerCase()) return id;
  return;
}

function fromReport(report: string): Omit<Bounce, "about"> {
  // A field goes on in lines that begin with a space.
  const whole = report.replace(/\r?\n[ \t]+/g, " ");
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "im").exec(whole)?.[1]?.trim();
  const diagnostic = field("Diagnostic-Code")?.replace(/^\S+;\s*/, "") ?? "";
  // Some give a mere 5.0.0 and say it better in what the other server answered.
  const given = /[245]\.\d{1,3}\.\d{1,3}/.exec(field("Status") ?? "")?.[0];
  const better = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0];
  const status = given && !given.endsWith(".0.0") ? given : (better ?? given);
  const isFailed = /^failed/i.test(field("Action") ?? "failed");
  return judged(status, diagnostic || (field("Action") ?? ""), isFailed);
}

function fromWords(words: string): Omit<Bounce, "about"> {
  const line = words.split("\n").find((each) => /\b[45]\d\d\b|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(each)) ?? "";
  const code = /\b([45])\d\d\b/.exec(line)?.[1];
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(line)?.[0];
  return judged(status, line || words.slice(0, 300), code !== "4" || status?.startsWith("5") === true);
}

function judged(status: string | undefined, said: string, isFailed: boolean): Omit<Bounce, "about"> {
  // Bad addresses (5.1.x, but not 5.1.7 and 5.1.8, which speak of ours) and disabled mailboxes.
  const isGone =
    /^5\.(?:1\.(?:0|1|2|3|4|6|10)|2\.1)$/.test(status ?? "") ||
    (status === undefined && /user unknown|no such user/i.test(said));
  const kind =
    !isFailed || status?.startsWith("4.") === true ? (isFailed ? "failed" : "delayed") : isGone ? "gone" : "failed";
  return { kind, ...(status === undefined ? {} : { status }), detail: detailOf(said) };
}
