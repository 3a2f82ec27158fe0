import ipaddr from "ipaddr.js";
import type { Pattern } from "./pattern.ts";

/** Names that stand in every manual, and say nothing of anybody's network. */
const KNOWN_TO_ALL = new Set([
  "metadata.google.internal",
  "host.docker.internal",
  "gateway.docker.internal",
  "kubernetes.docker.internal",
  "svc.cluster.local",
  "cluster.local",
  "169.254.169.254",
]);

const LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";

/** A name that goes on, or that is one of a program or a file. */
const ENDS = String.raw`(?![\w(-]|\.[\w])`;

/** Tops of names that only a company's own network knows. */
const OWN_TOPS = String.raw`(?:internal|local|corp|lan|intranet|localdomain|home\.arpa)`;

/** Ranges that belong to a network of one's own; the blocks that documentation uses are not among them. */
const PRIVATE_RANGES = new Set(["private", "carrierGradeNat", "linkLocal", "uniqueLocal"]);

/** The blocks themselves, as their standards name them. */
const WHOLE_BLOCKS = /^(?:10\.0\.0\.0\/8|172\.16\.0\.0\/12|192\.168\.0\.0\/16|100\.64\.0\.0\/10|169\.254\.0\.0\/16)/;

function isPrivateV4(address: string, { input, index }: RegExpExecArray): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) || KNOWN_TO_ALL.has(address)) return false;
  if (!PRIVATE_RANGES.has(ipaddr.IPv4.parse(address).range())) return false;
  if (WHOLE_BLOCKS.test(input.slice(index, index + 20))) return false;
  // “version 10.2.0.1” counts releases, not hosts.
  return !/(?:version|release|build|firmware|driver|upgrade|update)[a-z]*\W{1,3}(?:to |from )?$/i.test(
    input.slice(Math.max(0, index - 24), index),
  );
}

/** A text without any of these names no such host or address. */
export const NETWORK_HOLDS =
  /\.(?:internal|local|corp|lan|intranet|home\.arpa|svc|amazonaws)|\d\.\d{1,3}\.\d{1,3}\.\d|ip-\d|\bf[cde][\da-f]{2}:/i;

/** Hosts and addresses that exist within a company's own network alone. */
export const NETWORK: readonly Pattern[] = [
  {
    kind: "internal-host",
    what: "The name of an internal host",
    source: String.raw`(?<![\w.\\-]|[\w.]\/)(?:${LABEL}\.){1,8}${OWN_TOPS}${ENDS}`,
    anyCase: true,
    isReal: (name) => !KNOWN_TO_ALL.has(name.toLowerCase()),
  },
  {
    kind: "internal-host",
    what: "A picture named after an internal host",
    source: String.raw`(?<![\w.\\-])(?:${LABEL}\.){1,8}${OWN_TOPS}(?=\.(?:avif|gif|jpe?g|png|svg|webp)(?!\w))`,
    anyCase: true,
  },
  {
    kind: "internal-host",
    what: "The name of a service within a cluster",
    source: String.raw`${LABEL}\.${LABEL}\.svc${ENDS}`,
    anyCase: true,
  },
  {
    kind: "internal-host",
    what: "The name of an internal host at AWS",
    source: String.raw`(?:internal-[\w-]+\.[\w-]+\.elb|(?:[\w-]+\.){2,4}(?:rds|cache|redshift))\.amazonaws\.com`,
    anyCase: true,
  },
  {
    kind: "private-address",
    what: "A private network address",
    source: String.raw`(?<![\w.:]|\d-)\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)`,
    isReal: isPrivateV4,
  },
  {
    kind: "private-address",
    what: "A private network address",
    source: String.raw`(?<=ip-)\d{1,3}(?:-\d{1,3}){3}(?!\w)`,
    isReal: (address, match) => isPrivateV4(address.replaceAll("-", "."), match),
  },
  {
    kind: "private-address",
    what: "A private network address",
    source: String.raw`(?<![\w:.])f[cde][0-9a-f]{2}:[0-9a-f:]{2,40}(?![\w:])`,
    anyCase: true,
    isReal: (address) => ipaddr.IPv6.isValid(address) && PRIVATE_RANGES.has(ipaddr.IPv6.parse(address).range()),
  },
];
