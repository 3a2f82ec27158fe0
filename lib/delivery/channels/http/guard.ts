import ipaddr from "ipaddr.js";
import type { AddressFault, AddressRules } from "../read-address.ts";

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
export function faultOf(url: URL, { allowPrivateTargets }: AddressRules): AddressFault | undefined {
  const isHttp = url.protocol === "http:";
  if (url.protocol !== "https:" && !isHttp) return "scheme";
  if (url.username !== "" || url.password !== "") return "credentials";
  if (allowPrivateTargets) return;
  if (isHttp) return "scheme";
  if (url.port !== "" && Number(url.port) < 1024) return "port";
  // By now the numeric forms (2130706433, 0x7f.1, 127.1) have been written out.
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(literal)) return isPublic(literal) ? undefined : "network";
  const isPrivateName =
    !literal.includes(".") || /\.(?:localhost|local|internal|intranet|lan|home|arpa)\.?$/.test(literal);
  return isPrivateName ? "network" : undefined;
}
