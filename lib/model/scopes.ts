import type { Scope } from "./delivery.ts";

/** Every scope that a halt can have to concern this delivery. */
export function scopesOf({
  notice,
  channel,
  event,
}: {
  readonly notice: string;
  readonly channel: string;
  readonly event: string;
}): readonly Scope[] {
  return ["all", `notice:${notice}`, `channel:${channel}`, `incident:${event}`];
}
