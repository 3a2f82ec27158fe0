import type { Halt } from "#lib/model/delivery.ts";

/** The halt that concerns a delivery, if there is one. */
export function haltOf(
  halts: readonly Halt[],
  { notice, channel, event }: { readonly notice: string; readonly channel: string; readonly event: string },
): Halt | undefined {
  const scopes = ["all", `notice:${notice}`, `channel:${channel}`, `incident:${event}`];
  return halts.find(({ scope }) => scopes.includes(scope));
}
