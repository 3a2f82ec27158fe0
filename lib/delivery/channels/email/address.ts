import { domainToASCII } from "node:url";
import type { ReadAddress } from "../read-address.ts";

/** The unquoted form of RFC 5321 with the letters and digits of every script (RFC 6531): what providers give out. */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** How long an address, and what stands before its “@”, may be, in octets (RFC 5321, section 4.5.3.1). */
const MOST_OCTETS = 254;
const MOST_LOCAL_OCTETS = 64;

/** Providers treat large and small letters alike, so equal addresses are kept in small ones. */
export function readMailAddress(text: string): ReadAddress {
  const typed = text.trim().normalize("NFC");
  const at = typed.lastIndexOf("@");
  const local = typed.slice(0, at).toLowerCase();
  const domain = domainToASCII(typed.slice(at + 1)).toLowerCase();
  if (at < 1 || Buffer.byteLength(typed) > MOST_OCTETS) return { fault: "mail" };
  if (Buffer.byteLength(local) > MOST_LOCAL_OCTETS || !LOCAL.test(local)) return { fault: "mailLocal" };
  if (!/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain))
    return { fault: "mailDomain" };
  return { value: `${local}@${domain}` };
}

/** “a…@e….com”. */
export function maskMailAddress(address: string): string {
  const [local = "", domain = ""] = address.split("@");
  const ending = domain.slice(domain.lastIndexOf("."));
  return `${[...local][0] ?? ""}…@${domain.slice(0, 1)}…${ending}`;
}
