import type { Halt } from "#lib/model/delivery.ts";
import { scopesOf } from "#lib/model/scopes.ts";

/** The halt that concerns a delivery, if there is one. */
export function haltOf(halts: readonly Halt[], delivery: Parameters<typeof scopesOf>[0]): Halt | undefined {
  const scopes = scopesOf(delivery);
  return halts.find(({ scope }) => scopes.includes(scope));
}
