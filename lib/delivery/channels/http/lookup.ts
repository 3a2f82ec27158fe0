import { lookup, Resolver } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { isIPv6 } from "node:net";
import type { AddressRules } from "../read-address.ts";
import { isPublic } from "./guard.ts";

/** The IP addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Of a name that leads into a private network. */
export const PRIVATE = "ERR_PRIVATE_TARGET";

/**
 * What connections look names up with. The address that is judged is the address that is connected to, so a name that
 * means something else a moment later gains nothing. A name with one private address among others is refused as a whole.
 */
export function guardedLookup(resolve: Resolve, { allowPrivateTargets }: AddressRules): LookupFunction {
  return (name, options, done) => {
    resolve(name).then(
      (found) => {
        const [first] = found;
        if (first === undefined) return done(faulty("The name has no address.", "ENOTFOUND"), "", 4);
        if (!allowPrivateTargets && !found.every(isPublic))
          return done(faulty("The name leads to a private network.", PRIVATE), "", 4);
        const addresses = found.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
        if (options.all) return done(null, addresses);
        done(null, first, isIPv6(first) ? 6 : 4);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 4),
    );
  };
}

const faulty = (message: string, code: string) => Object.assign(new Error(message), { code });

/** Asks the name servers themselves: a slow one then holds up nobody else, as the system's own lookup would. */
export function resolvePublic(): Resolve {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  return async (name) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    if (four.status === "rejected" && six.status === "rejected") throw four.reason;
    return [four, six].flatMap((each) => (each.status === "fulfilled" ? each.value : []));
  };
}

/** Knows the names of the machine's own network too. */
export const resolvePrivate: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);
