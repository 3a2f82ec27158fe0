import ipaddr from "ipaddr.js";

/** A network that an address belongs to. */
export interface Network {
  readonly name: string;
  /** How much of a budget one act uses up here: the wider the network, the less, as more people share it. */
  readonly cost: number;
}

/** A budget is for the narrowest networks; a network of the width `bits` has `NARROWEST / cost` times as much. */
const V6_COSTS = [
  { bits: 48, cost: 1 },
  { bits: 56, cost: 2 },
  { bits: 64, cost: 4 },
] as const;

/** What an act costs in the narrowest network there is. */
export const NARROWEST = 4;

/**
 * The networks that an address stands in, widest first. Providers give one customer of IPv6 a network of 64, 56 or 48 bits
 * (RFC 6177), so that addresses within one are nobody else's; of IPv4, a customer often has several addresses of one /24.
 */
export function networksOf(address: string): readonly Network[] {
  if (!ipaddr.isValid(address)) return [{ name: address, cost: NARROWEST }];
  const read = ipaddr.process(address);
  if (!("parts" in read)) return [{ name: `${read.octets.slice(0, 3).join(".")}.0/24`, cost: NARROWEST }];
  const hex = Buffer.from(read.toByteArray()).toString("hex");
  return V6_COSTS.map(({ bits, cost: each }) => ({ name: `${hex.slice(0, bits / 4)}/${bits}`, cost: each }));
}

/** Of this machine, or of a network that is not the public one. */
export function isNear(peer: string): boolean {
  return ipaddr.isValid(peer) && ["loopback", "private", "uniqueLocal"].includes(ipaddr.process(peer).range());
}
