import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/**
 * Where a request comes from. What a proxy says is believed only of a proxy in the same machine or network, and of it
 * the last entry alone: that one it has seen itself, whatever else the sender wrote.
 */
export function senderOf({ headers, socket }: IncomingMessage): string {
  const { remoteAddress: peer = "" } = socket;
  const last =
    String(headers["x-forwarded-for"] ?? "")
      .split(",")
      .at(-1)
      ?.trim() ?? "";
  return ipaddr.isValid(last) && isNear(peer) ? last : peer;
}

/** Of this machine, or of a network that is not the public one. */
export function isNear(peer: string): boolean {
  return ipaddr.isValid(peer) && ["loopback", "private", "uniqueLocal"].includes(ipaddr.process(peer).range());
}

/** One customer of an access provider has all of an IPv6 network of 64 bits, and often several addresses of a /24. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const read = ipaddr.process(address);
  return "parts" in read ? read.parts.slice(0, 4).join(":") : read.octets.slice(0, 3).join(".");
}
