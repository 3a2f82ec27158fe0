import { publicId } from "#lib/content/ids/public-id.ts";
import { withoutComments } from "#lib/markdown/comments.ts";
import { inOrder, promisedUpdate, worst } from "#lib/model/course.ts";
import type { Cause, Effect, Entry, UpdateStatus } from "#lib/model/incident.ts";
import type { ComponentEffect, EffectChange, Event, PublishedEntry, Update } from "#lib/model/site.ts";
import { earliest, type When } from "#lib/model/time.ts";
import { withCorrections } from "./corrections.ts";
import { initialEffects, type Stretch, stretches, type Turn } from "./effects.ts";

/** An event's story as its updates tell it: what incidents and maintenances have in common. */
export interface Story {
  readonly updates: readonly Update[];
  readonly effects: readonly ComponentEffect[];
  readonly stretches: readonly Stretch[];
}

/** When an event's effects begin and end, besides what its updates say. */
export interface Bounds {
  readonly started: When;
  /** Ends every effect, whatever the updates say. */
  readonly ended?: When;
  /** Whether it has its effects from an update of this status on; undefined where the status leaves that as it was. */
  readonly isActive: (status: UpdateStatus) => boolean | undefined;
  /** Whether it has its effects from the start, before any update says so. */
  readonly isActiveAtStart: boolean;
}

/** Follows an event through its updates. */
export function tell(entry: PublishedEntry, bounds: Bounds, now: number): Story {
  const initial = initialEffects(entry);
  const assigned = new Map(initial);
  const shownEffect = new Map<string, Effect>();
  const turns: Turn[] = [];
  let hasBegun = false;
  let isActive = false;
  let wasOver = false;

  const show = (at: When): EffectChange[] => {
    const changes: EffectChange[] = [];
    for (const [component, effect] of assigned) {
      const from = shownEffect.get(component) ?? "operational";
      const to = isActive ? effect : "operational";
      if (from === to) continue;
      shownEffect.set(component, to);
      turns.push({ at, component, effect: to });
      changes.push({ component, from, to });
    }
    return changes;
  };
  const begin = () => {
    hasBegun = true;
    isActive = bounds.isActiveAtStart;
    if (isActive) show(bounds.started);
  };

  const ids = new Map<string, number>();
  const ordered = inOrder(entry.updates);
  const promised = bounds.ended ? ordered.at(-1)?.nextUpdate : promisedUpdate(entry);
  const updates = ordered.map((update): Update => {
    // What was said before the start, such as an announcement, begins nothing.
    if (!hasBegun && earliest(update.at) >= earliest(bounds.started)) begin();
    const wasActive = isActive;
    if (hasBegun) isActive = bounds.isActive(update.status) ?? isActive;
    const isReopening = wasOver && isActive && !wasActive;
    const isAfterEnd = wasOver && !wasActive && !isActive;
    wasOver ||= wasActive && !isActive;
    for (const [component, effect] of Object.entries(update.components)) assigned.set(component, effect);
    const { at, status, body } = update;
    const mark = update.id === undefined ? {} : { writtenId: update.id };
    const nextUpdate = update === ordered.at(-1) ? promised : update.nextUpdate;
    return {
      id: updateId(at, ids),
      ...mark,
      at,
      status,
      body: withoutComments(body),
      changes: show(at),
      isAfterEnd,
      isReopening,
      ...(nextUpdate ? { nextUpdate } : {}),
    };
  });
  if (!hasBegun) begin();

  const kept = inTime(bounds.ended ? endedAt(turns, bounds.ended) : turns);
  const byComponent = Map.groupBy(kept, ({ component }) => component);
  const effects = [...assigned.keys()].map((component) => {
    const shownEffects = (byComponent.get(component) ?? []).map(({ effect }) => effect);
    return {
      component,
      worst: worst([initial.get(component) ?? "operational", ...shownEffects]),
      current: shownEffects.at(-1) ?? "operational",
    };
  });
  const shown = withCorrections(updates, entry.corrections, bounds.ended);
  return { updates: shown, effects, stretches: stretches(entry.slug, byComponent, now) };
}

/** What every event has, taken from its entry. */
export function common(
  entry: PublishedEntry,
): Pick<
  Event,
  "id" | "writtenId" | "slug" | "title" | "harm" | "cause" | "actions" | "tags" | "redirects" | "file" | "seen"
> {
  const { id, slug, title, harm, actions, tags, redirects, file, seen } = entry;
  const mark = { ...(id === undefined ? {} : { writtenId: id }), ...(harm ? { harm } : {}), ...causeOf(entry) };
  return { id: publicId(entry), ...mark, slug, title, actions, tags, redirects, file, ...(seen ? { seen } : {}) };
}

/** Why it happened, where anything is said of it. */
function causeOf({ trigger, factors, safeguards, unknowns }: Entry): { readonly cause?: Cause } {
  const cause: Cause = {
    ...(trigger ? { trigger } : {}),
    ...(factors ? { factors } : {}),
    ...(safeguards ? { safeguards } : {}),
    ...(unknowns ? { unknowns } : {}),
  };
  return Object.keys(cause).length > 0 ? { cause } : {};
}

/** What readers of something that is not over may expect. */
export function expectations(entry: Entry, isOver: boolean): Pick<Event, "nextUpdate" | "expectedEnd"> {
  if (isOver) return {};
  const nextUpdate = promisedUpdate(entry);
  const { expectedEnd } = entry;
  return { ...(nextUpdate ? { nextUpdate } : {}), ...(expectedEnd ? { expectedEnd } : {}) };
}

/** `u20170823T090623Z` or `u20190903`; a second update at the same time gets `-2`. */
function updateId(at: When, taken: Map<string, number>): string {
  const point = at.kind === "span" ? at.from : at;
  const base =
    point.kind === "day"
      ? `u${point.on.replaceAll("-", "")}`
      : `u${new Date(point.at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const count = (taken.get(base) ?? 0) + 1;
  taken.set(base, count);
  return count === 1 ? base : `${base}-${count}`;
}

/** The turns up to the end, and one there for each component that was still affected. */
function endedAt(turns: readonly Turn[], ended: When): Turn[] {
  const kept = turns.filter(({ at }) => earliest(at) <= earliest(ended));
  const last = new Map(inTime(kept).map(({ component, effect }) => [component, effect]));
  for (const [component, effect] of last) {
    if (effect !== "operational") kept.push({ at: ended, component, effect: "operational" });
  }
  return kept;
}

function inTime(turns: readonly Turn[]): Turn[] {
  return [...turns].sort((a, b) => earliest(a.at) - earliest(b.at));
}
