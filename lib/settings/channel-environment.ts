import { resolve } from "node:path";
import { z } from "zod";

/** What the surroundings say of how subscribers are reached. */
export interface ChannelEnvironment {
  /** The mail server. May hold a password: never shown. */
  readonly smtpUrl?: string;
  readonly mailFrom?: { readonly name: string; readonly address: string };
  /** Where undeliverable mail goes, with a part for each message behind a `+`. */
  readonly mailBounces?: string;
  /** The Maildir in which it lies then. */
  readonly mailBouncesFolder?: string;
  readonly dkim?: {
    readonly domain: string;
    readonly selector: string;
    /** PEM, or the path of a file with it. */
    readonly privateKey: { readonly pem: string } | { readonly file: string };
  };
  readonly vapid?: { readonly subject?: string; readonly publicKey: string; readonly privateKey: string };
  /** Webhooks may be http and may lead into private networks. */
  readonly allowPrivateTargets?: true;
}

const address = /^[^\s<>@"]+@[^\s<>@"]+\.[^\s<>@"]+$/;

const hostName = z.string().regex(/^(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i, { error: "is not a domain" });

/** The variables, by the names they have in the environment. */
export const CHANNEL_VARIABLES = {
  SMTP_URL: z
    .string()
    .refine((value) => /^smtps?:$/.test(URL.parse(value)?.protocol ?? "") && URL.parse(value)?.hostname, {
      error: "is not of the form smtp://user:password@host:587",
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .transform(readSender)
    .refine((sender) => address.test(sender.address), { error: "is not of the form Name <name@example.com>" })
    .optional(),
  MAIL_BOUNCES: z.string().regex(address, { error: "is not an e-mail address" }).optional(),
  MAIL_BOUNCES_FOLDER: z.string().optional(),
  DKIM_DOMAIN: hostName.optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[\w.-]{1,63}$/, { error: "is not a selector" })
    .optional(),
  DKIM_PRIVATE_KEY: z
    .string()
    .transform((pem) => pem.replaceAll(String.raw`\n`, "\n"))
    .refine((pem) => pem.includes("PRIVATE KEY-----"), { error: "is not a private key in PEM form" })
    .optional(),
  DKIM_PRIVATE_KEY_FILE: z.string().optional(),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(?:mailto:\S+@\S+|https:\/\/\S+)$/, { error: "is not of the form mailto:name@example.com" })
    .optional(),
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^B[\w-]{86}$/, { error: "is not a public key in base64url" })
    .optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, { error: "is not a private key in base64url" })
    .optional(),
  CANDOR_PRIVATE_TARGETS: z.enum(["refuse", "allow"], { error: "is not refuse or allow" }).default("refuse"),
};

type Variables = z.infer<z.ZodObject<typeof CHANNEL_VARIABLES>>;

/** Variables that are nothing without one another: what is missing, in words. */
export function missingVariables(read: Variables): string[] {
  const faults: string[] = [];
  const hasKey = read.DKIM_PRIVATE_KEY !== undefined || read.DKIM_PRIVATE_KEY_FILE !== undefined;
  const dkim = [read.DKIM_DOMAIN !== undefined, read.DKIM_SELECTOR !== undefined, hasKey];
  if (dkim.includes(true) && dkim.includes(false))
    faults.push("DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY (or DKIM_PRIVATE_KEY_FILE) are needed together");
  if (read.DKIM_PRIVATE_KEY !== undefined && read.DKIM_PRIVATE_KEY_FILE !== undefined)
    faults.push("DKIM_PRIVATE_KEY and DKIM_PRIVATE_KEY_FILE say the same thing twice");
  if ((read.VAPID_PUBLIC_KEY === undefined) !== (read.VAPID_PRIVATE_KEY === undefined))
    faults.push("VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are needed together");
  return faults;
}

export function channelEnvironment(read: Variables): ChannelEnvironment {
  const { DKIM_DOMAIN: domain, DKIM_PRIVATE_KEY: pem, DKIM_PRIVATE_KEY_FILE: file, DKIM_SELECTOR: selector } = read;
  const { VAPID_PRIVATE_KEY: privateKey, VAPID_PUBLIC_KEY: publicKey, VAPID_SUBJECT: subject } = read;
  const key = pem !== undefined ? { pem } : file !== undefined ? { file } : undefined;
  return {
    ...(read.SMTP_URL === undefined ? {} : { smtpUrl: read.SMTP_URL }),
    ...(read.MAIL_FROM === undefined ? {} : { mailFrom: read.MAIL_FROM }),
    ...(read.MAIL_BOUNCES === undefined ? {} : { mailBounces: read.MAIL_BOUNCES }),
    ...(read.MAIL_BOUNCES_FOLDER === undefined ? {} : { mailBouncesFolder: resolve(read.MAIL_BOUNCES_FOLDER) }),
    ...(domain && selector && key ? { dkim: { domain, selector, privateKey: key } } : {}),
    ...(publicKey && privateKey ? { vapid: { publicKey, privateKey, ...(subject ? { subject } : {}) } } : {}),
    ...(read.CANDOR_PRIVATE_TARGETS === "allow" ? { allowPrivateTargets: true } : {}),
  };
}

function readSender(text: string): { name: string; address: string } {
  const named = /^\s*"?([^"<>\r\n]*?)"?\s*<([^<>]*)>\s*$/.exec(text);
  return named ? { name: named[1] ?? "", address: (named[2] ?? "").trim() } : { name: "", address: text.trim() };
}
