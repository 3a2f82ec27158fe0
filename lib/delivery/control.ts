import { setTimeout as sleep } from "node:timers/promises";
import type { Reach, Scope } from "#lib/model/delivery.ts";
import { failure } from "#lib/model/failure.ts";
import type { Database } from "#lib/store/dialect.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { type EventNames, eventsLike, noticeById } from "#lib/store/notices.ts";
import { reachOf } from "#lib/store/reach.ts";
import { releaseSeals } from "#lib/store/waves.ts";

/** What an operator names: nothing for everything. */
export interface Target {
  readonly incident?: string | undefined;
  readonly channel?: string | undefined;
  readonly notice?: string | undefined;
}

/** @throws when there is nothing of that name: who believes that it is halted must not be wrong */
export async function scopeOf(database: Database, { incident, channel, notice }: Target): Promise<Scope> {
  if (notice !== undefined) {
    if (await noticeById(database.query, notice)) return `notice:${notice}`;
    throw unknown(`There is no notice ${notice}. List them with “npm run candor -- ledger”.`);
  }
  if (channel !== undefined) return `channel:${channel}`;
  return incident === undefined ? "all" : `incident:${await eventCalled(database, incident)}`;
}

/**
 * The id of the event that is called so: by its id, the one in its file, its slug, one that it had before, or a part of
 * one that no other has. Of several that had the same slug it is the one that subscribers were last told of.
 * @throws when none such was ever published, or several
 */
export async function eventCalled(database: Database, name: string): Promise<string> {
  const found = await eventsLike(database.query, name);
  const only = found.length === 1 ? found[0] : undefined;
  const called =
    found.find(({ id, writtenId }) => id === name || writtenId === name) ??
    // Whoever has a slug now comes before whoever had it once.
    found.find(({ slugs }) => slugs.at(-1) === name) ??
    found.find(({ slugs }) => slugs.includes(name)) ??
    only;
  if (called) return called.id;
  throw unknown(
    found.length > 1
      ? `That may be several: name one of ${namesOf(found)}.`
      : `No notice of “${name}” was ever made. Name an incident that was published.`,
  );
}

/** The first few by their slugs, or by their ids where two have the same. */
function namesOf(found: readonly EventNames[]): string {
  const few = found.slice(0, 5);
  const slugs = few.map(({ slugs }) => slugs.at(-1) ?? "");
  return (new Set(slugs).size === few.length ? slugs : few.map(({ id }) => id)).join(", ");
}

function unknown(message: string): Error {
  return failure("NO_NOTICE", message);
}

/** How long a halt waits for workers to let go of what they have in their hands, in milliseconds. */
const LET_GO_MS = 3_000;

/** How many notices are told of, after a halt. */
const MOST = 50;

/** Stops everything in a scope. @returns how far each notice in it had come, once nothing is in flight any more */
export async function haltAll(
  database: Database,
  order: { readonly scope: Scope; readonly why: string; readonly at: number; readonly by: string },
): Promise<readonly Reach[]> {
  await halt(database, order);
  const asked = { scope: order.scope, isUnderWay: true, most: MOST };
  let reach = await reachOf(database, asked);
  for (let waited = 0; waited < LET_GO_MS && reach.some(({ counts }) => counts.sending > 0); waited += 50) {
    await sleep(50);
    reach = await reachOf(database, asked);
  }
  return reach;
}

/** Lets go on what was halted, or stopped because too much failed. @returns how many halts and seals that were */
export async function resumeAll(
  database: Database,
  { scope, at, by }: { readonly scope: Scope; readonly at: number; readonly by: string },
): Promise<number> {
  const lifted = await lift(database, { at, by, ...(scope === "all" ? {} : { scope }) });
  const notice = scope.startsWith("notice:") ? { notice: scope.slice("notice:".length) } : {};
  const isWhole = scope === "all" || scope.startsWith("notice:");
  return lifted + (isWhole ? await releaseSeals(database, "stopped", { by, at, ...notice }) : 0);
}
