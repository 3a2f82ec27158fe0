import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { haltFile } from "#lib/delivery/halt-file.ts";
import type { Scope } from "#lib/model/delivery.ts";
import { LIVE, type LiveEvent } from "#lib/model/live.ts";
import { boardScreen } from "#lib/site/views/wallboard.ts";
import { seeBoards } from "#lib/store/boards.ts";
import type { Database } from "#lib/store/dialect.ts";
import { activeHalts, halt } from "#lib/store/halts.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { lastLive, lastOrders, noteLive, readLive } from "#lib/store/live.ts";
import type { Shown } from "../live-reader.ts";
import type { Told } from "../reader.ts";
import { Broadcaster, type BroadcasterOptions } from "./broadcaster.ts";
import { passingNews } from "./passing.ts";
import { Recorder } from "./recorder.ts";
import { SseConnections } from "./sse-connections.ts";

export interface LiveOptions {
  /** The data folder, where a file named HALT stops everything. */
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
  /** Finds whom an event is for, in another way than usual. */
  readonly router?: BroadcasterOptions["router"];
}

/** Everybody who is connected to this server, kept current. */
export interface Live {
  readonly told: () => Told;
  /** Takes up what has been published and what time has changed; after each look at the store. */
  readonly round: (shown: Shown) => Promise<void>;
  /** Takes a request for `/live`. @returns whether it was one */
  readonly take: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** What stops everything that is pushed. */
const STOPPING: readonly Scope[] = ["all", `channel:${LIVE}`];

/** How many events are looked at together. */
const AT_ONCE = 1_000;

/** How often it is said that a connection is good, in milliseconds. */
export const BEAT_MS = 10_000;

/** How long ago the store may have answered for what is shown to count as current, in milliseconds. */
const CURRENT_MS = 10_000;

/** Opens what tells everybody who is connected to a server, from where the store is now. */
export async function openLive(database: Database, { data, clock, onError, router }: LiveOptions): Promise<Live> {
  const server = randomUUID();
  const recorder = new Recorder(database, server, clock);
  const known = await lastLive(database, AT_ONCE);
  let shown: Shown | undefined;
  /** Up to here, what time has changed is noted. */
  let settled: Shown | undefined;
  /** The last event that was taken up: a store that does not have it any more was brought back from a copy. */
  let newest = known.at(-1);
  let answeredAt = clock();
  /** Why nothing leaves any more, until the store says so too. */
  let unsaid: string | undefined;
  const broadcaster = new Broadcaster(
    {
      read: (after, most) => readLive(database, after, { most, isNewsOnly: true }),
      record: (pushes) => recorder.pushed(pushes),
      screenOf: (asked) => (shown ? boardScreen(shown.site, asked) : ""),
      onBreach(message) {
        unsaid = message;
        connections.beat();
        onError(new Error(`Nothing is pushed any more. ${message}`));
      },
      onError,
      ...(router ? { router } : {}),
    },
    newest?.id ?? 0,
  );
  broadcaster.recall(await lastOrders(database, AT_ONCE));
  broadcaster.recall(known);
  const isLate = () => clock() - answeredAt > CURRENT_MS;
  const isSure = () => !isLate() && !broadcaster.hasFailed;
  const connections = new SseConnections({ broadcaster, recorder, clock, onError, site: () => shown?.site, isSure });
  const beat = setInterval(() => {
    if (!isSure()) return;
    connections.beat();
    seeBoards(database, server, clock()).catch(onError);
  }, BEAT_MS);
  beat.unref();

  return {
    told: () => ({ last: broadcaster.last, isLate: isLate() }),
    async round(now) {
      const before = settled;
      shown = now;
      // A database that was brought back counts from where it was.
      if ((before && now.snapshot.id < before.snapshot.id) || !(await isThere(database, newest))) {
        const [last] = await lastLive(database, 1);
        const orders = await lastOrders(database, AT_ONCE);
        broadcaster.restart(last?.id ?? 0);
        broadcaster.recall(orders);
        newest = last;
      } else if (before && before !== now) await notePassing(database, before, now, clock());
      settled = now;
      const events = shownBy(now.snapshot.id, await readLive(database, broadcaster.last, { most: AT_ONCE }));
      newest = events.at(-1) ?? newest;
      broadcaster.advance(events);
      if (unsaid !== undefined) await stopAll(database, unsaid, clock());
      unsaid = undefined;
      const halts = [...haltFile(data), ...(await activeHalts(database))];
      const wasHeld = broadcaster.isHeld;
      // The guard may have stopped it since.
      broadcaster.hold(unsaid !== undefined || halts.some(({ scope }) => STOPPING.includes(scope)));
      if (broadcaster.isHeld !== wasHeld) connections.beat();
      answeredAt = clock();
    },
    take: (request, response) => connections.take(request, response),
    async close() {
      clearInterval(beat);
      await connections.close();
      await broadcaster.idle();
      await recorder.idle();
    },
  };
}

async function notePassing(database: Database, before: Shown, after: Shown, now: number): Promise<void> {
  const { id: snapshot } = after.snapshot;
  const news = passingNews(before, after, snapshot);
  if (news.length === 0) return;
  await database.transaction((transaction) => noteLive(database, transaction, news, { at: now, snapshot }));
}

/** An event is still what it was, in a store that is still the one it was. */
async function isThere(database: Database, event: LiveEvent | undefined): Promise<boolean> {
  if (!event) return true;
  const [found] = await readLive(database, event.id - 1, { most: 1 });
  return isDeepStrictEqual(found, event);
}

/** Events up to the first that this server does not show yet. */
function shownBy(snapshot: number, events: readonly LiveEvent[]): readonly LiveEvent[] {
  const first = events.findIndex((event) => event.snapshot > snapshot);
  return first < 0 ? events : events.slice(0, first);
}

/** The guard has stopped this server; this stops all of them, until a person has looked. */
async function stopAll(database: Database, message: string, at: number): Promise<void> {
  await halt(database, { scope: `channel:${LIVE}`, why: message, at, by: "the guard" });
  const alarm = {
    at,
    kind: "alarm",
    data: { message: `Nothing is pushed to pages and wallboards. ${message}` },
  } as const;
  await database.transaction((transaction) => appendFacts(database, transaction, [alarm]));
}
