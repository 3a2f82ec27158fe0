import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import type { Environment } from "#lib/settings/environment.ts";

/** Whether the operator's page answers a request at all: `absent` looks as if there were none. */
export type Gate = "open" | "absent" | { readonly refused: string };

/** What proxies add. Whoever sends it does not sit at this machine, whatever address the socket has. */
const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
  "cf-connecting-ip",
];

/**
 * To whom the page answers. `X-Forwarded-For` is never believed, as anybody can send it: it can only ever close the page.
 * A proxy on this machine makes strangers look like neighbours, so in loopback mode the slightest sign of one is refused;
 * so is a name that is not this machine's, by which a page elsewhere could have led the browser here (DNS rebinding).
 */
export function gateOf(request: IncomingMessage, mode: Environment["operator"]): Gate {
  if (mode === "off") return "absent";
  const isNear = isLoopback(request.socket.remoteAddress);
  // A proxy that adds nothing at all speaks HTTP/1.0, as nginx does unless told otherwise; no browser does.
  const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined) || request.httpVersion === "1.0";
  const isAtHand = isNear && !isForwarded && isOwnName(request.headers.host);
  if (isAtHand) return "open";
  if (mode === "public") {
    if (request.headers["x-forwarded-proto"] === "https") return "open";
    return { refused: "The operator's page needs TLS. Put a proxy in front that sends “X-Forwarded-Proto: https”." };
  }
  if (!isNear) return "absent";
  return {
    refused: isForwarded
      ? "The operator's page answers only to a browser on this machine, and this request came through a proxy. Open a tunnel (ssh -L 3000:localhost:3000), or set CANDOR_OPERATOR=public."
      : "Open the operator's page by the name localhost.",
  };
}

function isLoopback(address = ""): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}

function isOwnName(host = ""): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host);
}
