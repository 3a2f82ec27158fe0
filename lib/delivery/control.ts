import { setTimeout as sleep } from "node:timers/promises";
import type { Reach, Scope } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { eventsLike, noticeById, recentNotices } from "#lib/store/notices.ts";
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
 * The id of the event that is called so: by its id, its slug, or a part of the slug that no other has.
 * @throws when subscribers were told of none such, or of several
 */
export async function eventCalled(database: Database, name: string): Promise<string> {
  const [told] = await recentNotices(database.query, 1, name);
  if (told) return told.notice.event.id;
  const found = await eventsLike(database.query, name);
  const [only] = found;
  if (only && found.every(({ event }) => event === only.event)) return only.event;
  const slugs = [...new Set(found.map(({ slug }) => slug))];
  throw unknown(
    slugs.length > 1
      ? `Subscribers were told of several: name one of ${slugs.slice(0, 5).join(", ")}.`
      : `No notice of “${name}” was ever made. Name an incident that subscribers were told of.`,
  );
}

function unknown(message: string): Error {
  return Object.assign(new Error(message), { code: "NO_NOTICE" });
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

/**
 * Lets a large notice leave, on behalf of a second person.
 * @returns how many channels it was waiting on
 * @throws when it is the one who made it
 */
export async function approve(
  database: Database,
  { notice, by, at }: { readonly notice: string; readonly by: string; readonly at: number },
): Promise<number> {
  const told = await database.query.selectFrom("notice").select("made_by").where("id", "=", notice).executeTakeFirst();
  if (told?.made_by === by) {
    const message = `${by} has made this notice. A second person has to approve it: say who with --by.`;
    throw Object.assign(new Error(message), { code: "SAME_PERSON" });
  }
  return await releaseSeals(database, "awaiting_approval", { notice, by, at });
}
