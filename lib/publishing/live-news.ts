import { createHash } from "node:crypto";
import { timeForMachines } from "#lib/calendar/words.ts";
import { markdownToText } from "#lib/markdown/parse.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { LiveNews } from "#lib/model/live.ts";
import type { Incident, Maintenance, Update } from "#lib/model/site.ts";

type AnyEvent = Incident | Maintenance;

/**
 * What those who are connected are told of one incident or maintenance that readers saw as `before` and see as `after`;
 * undefined where they see the same. `cause` makes the same change at another time another piece of news.
 */
export function newsOf(
  before: AnyEvent | undefined,
  after: AnyEvent | undefined,
  { config, cause }: { readonly config: SiteConfig; readonly cause: string },
): LiveNews | undefined {
  const event = after ?? before;
  if (!event || stateOf(before) === stateOf(after)) return undefined;
  const ids = new Set([before, after].flatMap((each) => each?.effects.map(({ component }) => component) ?? []));
  const components = config.components.filter(({ id }) => ids.has(id));
  return {
    kind: event.kind,
    key: `${cause} ${event.id} ${stateOf(after)}`,
    components: [...ids],
    data: {
      change: before ? (after ? "changed" : "removed") : "added",
      id: event.id,
      slug: event.slug,
      url: `${config.url}/incidents/${encodeURIComponent(event.slug)}`,
      ...(after ? saidOf(after) : {}),
      components: components.map(({ id, name }) => ({ id, name, effect: effectOn(id, after) })),
      updates: after ? newUpdates(before, after).map((update) => updateOf(update, config.locale)) : [],
    },
  };
}

function saidOf(event: AnyEvent) {
  return {
    title: event.title,
    status: event.status,
    ...(event.kind === "incident" ? { impact: event.impact } : {}),
    started: timeForMachines(event.started),
    ...(event.ended ? { ended: timeForMachines(event.ended) } : {}),
    ...(event.nextUpdate ? { next_update: timeForMachines(event.nextUpdate) } : {}),
    ...(event.expectedEnd ? { expected_end: timeForMachines(event.expectedEnd) } : {}),
    is_over: event.isOver,
  };
}

function effectOn(id: string, event: AnyEvent | undefined): string {
  return event?.effects.find(({ component }) => component === id)?.current ?? "operational";
}

/** The updates that readers have not seen, oldest first. */
function newUpdates(before: AnyEvent | undefined, after: AnyEvent): readonly Update[] {
  const known = new Set(before?.updates.map(({ id }) => id));
  return after.updates.filter(({ id }) => !known.has(id));
}

function updateOf({ id, at, status, body }: Update, locale: string) {
  return { id, at: timeForMachines(at), status, text: markdownToText(body, locale) };
}

const states = new WeakMap<AnyEvent, string>();

/** Everything of an event that readers see and that time does not make longer, as a hash. */
function stateOf(event: AnyEvent | undefined): string {
  if (!event) return "gone";
  const known = states.get(event);
  if (known !== undefined) return known;
  const { lasted: _, file: __, ...seen } = event;
  const state = createHash("sha256").update(JSON.stringify(seen)).digest("hex").slice(0, 16);
  states.set(event, state);
  return state;
}
