import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { isNear } from "./networks.ts";

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
