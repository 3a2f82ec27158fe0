import type { LiveEvent } from "#lib/model/live.ts";

/** What is about to leave over one connection. */
export interface Outgoing {
  /** Ids that were asked for when it was opened; empty for all. */
  readonly asked: readonly string[];
  /** An event as it was noted, and the very text that would leave. */
  readonly frames: readonly { readonly event: LiveEvent; readonly text: string }[];
  /** The screen of a wallboard, as HTML. */
  readonly screen?: string;
}

/**
 * Holds what is about to leave against what its connection asked for, as the last thing before it does. It reads the
 * very text, and uses nothing of what found the connection or made the text.
 * @returns what does not agree; then nothing may leave, to nobody
 */
export function breachOf({ asked, frames, screen }: Outgoing): string | undefined {
  if (asked.length === 0) return undefined;
  const own = new Set(asked);
  for (const { event, text } of frames) {
    const isFor = event.components.length === 0 || event.components.some((id) => own.has(id));
    if (!isFor) return `Event ${event.id} would have reached a connection that did not ask for it.`;
    const stranger = componentsIn(text).find((id) => !own.has(id));
    if (stranger !== undefined) return `Event ${event.id} would have told somebody of a component not asked for.`;
  }
  for (const [, id = ""] of screen?.matchAll(/ data-component="([^"]*)"/g) ?? []) {
    if (!own.has(id)) return "A screen would have shown a component that it did not ask for.";
  }
  return undefined;
}

const read = new Map<string, readonly string[]>();

/** The components that a text names. The same text goes to many: the last ones are remembered. */
function componentsIn(text: string): readonly string[] {
  const known = read.get(text);
  if (known) return known;
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? "{}";
  const { components = [] } = JSON.parse(data) as { components?: readonly { readonly id: string }[] };
  const ids = components.map(({ id }) => id);
  if (read.size >= 1_000) read.clear();
  read.set(text, ids);
  return ids;
}
