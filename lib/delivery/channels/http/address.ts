import type { AddressRules, ReadAddress } from "../read-address.ts";
import { faultOf } from "./guard.ts";

/** A web address as it is kept: written out by the rules of URLs, without a fragment. */
export function readHttpAddress(
  text: string,
  rules: AddressRules,
  isRightHost: (host: string) => boolean,
): ReadAddress {
  const url = URL.parse(text.trim());
  if (!url || text.length > 2048) return { fault: "url" };
  const fault = faultOf(url, rules);
  if (fault) return { fault };
  if (!isRightHost(url.hostname) && !rules.allowPrivateTargets) return { fault: "host", origin: url.origin };
  url.hash = "";
  return { value: url.href };
}

/** The host, and the end of what is secret. */
export function maskHttpAddress(address: string): string {
  const { host, pathname } = new URL(address);
  return `${host}/…${pathname.slice(-2)}`;
}
