/** Names of one provider for the same mailboxes. */
const SAME_DOMAIN: ReadonlyMap<string, string> = new Map([["googlemail.com", "gmail.com"]]);

/**
 * The mailbox that letters to a mail address most likely end up in: in small letters, without what stands behind a “+”
 * (RFC 5233, subaddressing) and without dots before the “@”, whatever the provider makes of them. For counting alone:
 * nothing is ever sent there, as two people may be counted as one.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf("@");
  const [local = ""] = address.slice(0, at).toLowerCase().split("+");
  const domain = address.slice(at + 1).toLowerCase();
  return `${local.replaceAll(".", "")}@${SAME_DOMAIN.get(domain) ?? domain}`;
}
