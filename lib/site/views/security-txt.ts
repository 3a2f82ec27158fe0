import type { Site } from "#lib/model/site.ts";

/** For how long the file may be believed: RFC 9116 recommends less than a year, and it is made anew each day. */
const VALID_MS = 90 * 86_400_000;

/** `/.well-known/security.txt` (RFC 9116): whom to tell of a vulnerability; undefined where nobody is named. */
export function securityTxt({ config, now }: Site): string | undefined {
  const { security, url, locale } = config;
  if (!security) return undefined;
  // Of the day, so that a page that is made again says the same.
  const expires = new Date(now - (now % 86_400_000) + VALID_MS).toISOString().replace(".000Z", "Z");
  const lines = [
    ...security.contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${expires}`,
    ...(security.encryption ? [`Encryption: ${security.encryption}`] : []),
    ...(security.policy ? [`Policy: ${security.policy}`] : []),
    ...(security.acknowledgments ? [`Acknowledgments: ${security.acknowledgments}`] : []),
    `Preferred-Languages: ${[...new Set([locale, "en"])].join(", ")}`,
    `Canonical: ${url}/.well-known/security.txt`,
  ];
  return `${lines.join("\n")}\n`;
}
