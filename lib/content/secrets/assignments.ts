import type { Pattern } from "./pattern.ts";

/** Words that say that what follows is secret, alone or ending a longer name (`DB_PASSWORD`, `x-api-key`). */
const NAMES =
  "pass(?:word|wd|phrase|code)|pwd|passwor[dt]|kennwort|contrase(?:ñ|n)a|mot de passe|secret|(?:api|access|secret|private|signing|encryption|account|service|master|auth|license)[ _-]?key|vapid[\\w-]{0,20}key|(?:access|auth|api|bearer|refresh|session|bot|secret|deploy|personal access)[ _-]?token|token|credentials?";

/** What stands for a secret without being one. */
const PLACEHOLDER =
  /^(?:[<[{($%*•…#@]|\.{2,}|x{3,}|-+$|_+$)|^(?:true|false|null|nil|none|undefined|unknown|empty|your|my|some|example|sample|dummy|placeholder|redacted|removed|masked|hidden|changeme|change-me|secret|password|passwort|token|string|here)(?![a-z0-9])|process\.env|^(?:os\.|env[.:(]|getenv)|x{6,}|\*{3,}|•{2,}|…$|\(\)|^(?:https?|ftp):\/\//i;

const TIME = /^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d/;

/** A value written like code is taken at its word; `"`, an `=` without a space or a name in capitals are signs of that. */
function isWrittenSecret(value: string): boolean {
  return value.length >= 6 && !PLACEHOLDER.test(value) && !TIME.test(value);
}

/** In prose a word after “password:” is mostly just the next word; a secret mixes letters and digits or signs. */
function isOddWord(value: string): boolean {
  if (!isWrittenSecret(value)) return false;
  const word = value.replace(/[.,;:!?)]+$/, "");
  return /[a-z]/i.test(word) && /\d/.test(word)
    ? word.length >= 6 && !/^(?:v?\d+(?:\.\d+)+|\d+(?:ms|s|m|h|d|x|st|nd|rd|th)?)$/i.test(word)
    : /[!$%^&*#@+=]/.test(word.slice(1)) && word.length >= 8;
}

function hasRealPassword(_secret: string, { groups }: RegExpExecArray): boolean {
  const password = groups?.["secret"] ?? "";
  return password.length >= 3 && !PLACEHOLDER.test(password);
}

/** A text without any of these holds no such credential. */
export const ASSIGNMENTS_HOLD =
  /passw|passphrase|passcode|pwd|kennwort|contrase|mot de passe|secret|key|token|credential|bearer|basic|cookie|sess|sid|:\/\/[^\s/]*@|[?&](?:sig|auth|code|x-amz|hmac)/i;

/** Addresses with a password: known by what stands around it. */
export const ADDRESSES: readonly Pattern[] = [
  {
    kind: "connection-string",
    what: "A connection string with a password",
    source: String.raw`(?!https?:|ftp:)[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@<>]{0,60}:(?<secret>[^\s/@<>]{3,200})@[^\s@]`,
    anyCase: true,
    isReal: hasRealPassword,
  },
  {
    kind: "basic-auth",
    what: "An address with a password",
    source: String.raw`(?:https?|ftp):\/\/[^\s:/@<>]{0,60}:(?<secret>[^\s/@<>]{3,200})@[^\s@]`,
    anyCase: true,
    isReal: hasRealPassword,
  },
];

/** Credentials that are known by what stands before them. */
export const ASSIGNMENTS: readonly Pattern[] = [
  ...ADDRESSES,
  {
    kind: "bearer-token",
    what: "A bearer token",
    source: String.raw`bearer[ :]+(?<secret>[\w.~+/-]{16,}=*)`,
    anyCase: true,
    isReal: (token) => /\d/.test(token) && !PLACEHOLDER.test(token),
  },
  {
    kind: "basic-auth",
    what: "A password for HTTP",
    source: String.raw`basic\s+(?<secret>[A-Za-z0-9+/]{8,}={0,2})`,
    anyCase: true,
    isReal: (token) => /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(fromBase64(token)),
  },
  {
    kind: "session",
    what: "A cookie",
    source: String.raw`cookie:\s*[\w.-]+=(?<secret>[^\s;,]{12,})`,
    anyCase: true,
    isReal: (value) => !PLACEHOLDER.test(value),
  },
  {
    kind: "session",
    what: "A session's id",
    source: String.raw`(?:j?session_?id|phpsessid|asp\.net_sessionid|connect\.sid|sid|_session)["']?\s*[=:]\s*["']?(?<secret>[\w%.:+/-]{16,})`,
    anyCase: true,
    isReal: (value) => /\d/.test(value) && !PLACEHOLDER.test(value) && !TIME.test(value),
  },
  {
    kind: "password",
    withinWords: true,
    what: "A password or key behind its name",
    source: String.raw`(?:${NAMES})["'\]]{0,2}(?:=|=>|\s*(?:=>?|:=?)\s*(?=["']))["']?(?<secret>[^\s"'<>&,;|)\]}]{6,300})`,
    anyCase: true,
    isReal: isWrittenSecret,
  },
  {
    kind: "password",
    withinWords: true,
    what: "A password or key behind its name",
    source: String.raw`(?:${NAMES})["'\]]{0,2}(?:\s*[:=|]\s*|\s+(?:is|was|to|ist|war|lautet|er|var|est)\s+(?:now\s+)?)["'“”„‘’(]?(?<secret>[^\s"'“”‘’<>&,;|)\]}]{6,300})`,
    anyCase: true,
    isReal: isOddWord,
  },
  {
    kind: "signed-address",
    what: "An address with a key in it",
    withinWords: true,
    source: String.raw`[?&](?:sig|signature|key|auth|code|x-amz-signature|x-amz-security-token|hmac|session)=(?<secret>[\w%.~+/-]{16,})`,
    anyCase: true,
    isReal: (value) => /\d/.test(value) && /[a-z]/i.test(value) && !PLACEHOLDER.test(value) && !TIME.test(value),
  },
];

/** The text that base64 stands for, one character a byte. */
export function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("latin1");
}
