import ipaddr from "ipaddr.js";
import type { AddressRules } from "../channel.ts";

/** IPv6 addresses that are given out to the world at all (RFC 4291); ipaddr.js names only the exceptions. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether an IP address, in any spelling, belongs to the public internet. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const bare = ipaddr.process(address);
  if (bare instanceof ipaddr.IPv6 && !bare.match(GIVEN_OUT)) return false;
  return bare.range() === "unicast";
}

/** What is wrong with sending to an address, or with keeping it; nothing when it may be tried. Names are judged when they are looked up. */
export function faultOf(url: URL, { allowPrivateTargets }: AddressRules): string | undefined {
  const isHttp = url.protocol === "http:";
  if (url.protocol !== "https:" && !isHttp) return "Only addresses that begin with https:// can be used.";
  if (url.username !== "" || url.password !== "") return "The address must not contain a user name or a password.";
  if (allowPrivateTargets) return;
  if (isHttp) return "Only addresses that begin with https:// can be used.";
  if (url.port !== "" && Number(url.port) < 1024) return "The address names a port that other services use.";
  // By now the numeric forms (2130706433, 0x7f.1, 127.1) have been written out.
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(literal)) return isPublic(literal) ? undefined : "The address leads to a private network.";
  const isPrivateName =
    !literal.includes(".") || /\.(?:localhost|local|internal|intranet|lan|home|arpa)\.?$/.test(literal);
  return isPrivateName ? "The address leads to a private network." : undefined;
}
