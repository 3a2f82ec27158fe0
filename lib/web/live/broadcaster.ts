import { isOrder, type LiveEvent } from "#lib/model/live.ts";
import { BoardCommands, isFor } from "./board-commands.ts";
import { type Asking, EventRouter, type Router } from "./event-router.ts";
import { frame } from "./frame.ts";
import { breachOf, type Outgoing } from "./guard.ts";
import { type ReadNews, RecentNews } from "./recent-news.ts";
import { shareOf } from "./share.ts";

/** One open connection. */
export interface Listener extends Asking {
  /** The wallboard at its other end, if there is one: what it is sent goes on record. */
  readonly board?: string;
  /** Of a wallboard: the name of the connection, as it stands on record. */
  readonly line?: string;
  /** Writes text to it. @returns false when the other side takes no more for now */
  write(text: string): boolean;
  /** Ends it; whoever is at the other end comes back. */
  end(): void;
}

/** What a wallboard is about to be sent. */
export interface Push {
  readonly board: string;
  readonly line: string;
  /** Ids of the events. */
  readonly events: readonly number[];
  /** The order, when it is one. */
  readonly order?: { readonly id: number; readonly kind: string };
  /** The whole screen as HTML, when it gets one. */
  readonly screen?: string;
}

export interface BroadcasterOptions {
  readonly read: ReadNews;
  /** Puts on record what wallboards are about to be sent. Until that is done nothing leaves. */
  readonly record: (pushes: readonly Push[]) => Promise<void>;
  /** What a wallboard shows of these components now, as HTML. */
  readonly screenOf: (asked: readonly string[]) => string;
  /** Something would have reached somebody it was not for. Nothing leaves any more until `hold(false)`. */
  readonly onBreach: (message: string) => void;
  readonly onError: (error: unknown) => void;
  /** Finds whom an event is for. */
  readonly router?: Router<Listener>;
}

/** How far a listener is. */
interface Place {
  /** The last event that it was sent or that is not for it. */
  cursor: number;
  /** It takes no more for now. */
  isFull: boolean;
  /** A wallboard that has no screen yet, or an old one. */
  wantsScreen: boolean;
  /** It was told nothing yet; what a wallboard shows by then may have been cleared while it was away. */
  isNew: boolean;
}

/** As many events are put together for one listener at a time. */
const AT_ONCE = 500;

/** Who is further behind than this begins anew: a wallboard, whose every event is on record, and anybody else. */
const FARTHEST = { board: 20_000, other: 1_000 };

/**
 * Tells everybody who is connected what they asked for, in order, from where they were. All that leaves goes one way:
 * routed, held against what was asked for, put on record if it is for a wallboard, and only then written.
 */
export class Broadcaster {
  readonly #options: BroadcasterOptions;
  readonly #router: Router<Listener>;
  readonly #places = new Map<Listener, Place>();
  readonly #news: RecentNews;
  readonly #standing = new BoardCommands();
  #last: number;
  #isHeld = false;
  #orders: LiveEvent[] = [];
  #working: Promise<void> | undefined;
  #isWanted = false;
  /** What the last try to send something failed with. */
  #failure: string | undefined;

  constructor(options: BroadcasterOptions, last: number) {
    this.#options = options;
    this.#router = options.router ?? new EventRouter();
    this.#news = new RecentNews(options.read);
    this.#last = last;
  }

  /** The last event that what is shown covers. */
  get last(): number {
    return this.#last;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** What should have left has not, and is tried again: nobody can be told that they have everything. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** @param after the last event that it had; absent for one that begins with what is shown now */
  open(listener: Listener, after: number | undefined): void {
    const farthest = listener.board === undefined ? FARTHEST.other : FARTHEST.board;
    const isLost = after !== undefined && (after > this.#last || after < this.#last - farthest);
    if (isLost) listener.write(frame("reset", "{}", this.#last));
    const cursor = after === undefined || isLost ? this.#last : after;
    this.#router.add(listener);
    this.#places.set(listener, { cursor, isFull: false, wantsScreen: listener.board !== undefined, isNew: true });
    this.#work();
  }

  /** @returns the last event that it was sent or that was not for it */
  close(listener: Listener): number {
    const cursor = this.#places.get(listener)?.cursor ?? 0;
    this.#router.remove(listener);
    this.#places.delete(listener);
    return cursor;
  }

  /** It takes more again. */
  drained(listener: Listener): void {
    const place = this.#places.get(listener);
    if (!place) return;
    place.isFull = false;
    this.#work();
  }

  /** Takes up what has been noted since, all of which is shown by now; and what failed before, once more. */
  advance(events: readonly LiveEvent[]): void {
    if (events.length === 0 && !this.hasFailed) return;
    this.#last = events.at(-1)?.id ?? this.#last;
    this.recall(events);
    this.#orders.push(...events.filter(isOrder));
    this.#work();
  }

  /** Keeps what was told, for those who come back. */
  recall(events: readonly LiveEvent[]): void {
    this.#news.add(events);
    for (const order of events.filter(isOrder)) this.#standing.give(order);
  }

  /** The store was brought back from a copy: everybody begins anew. */
  restart(last: number): void {
    this.#last = last;
    this.#news.forget();
    this.#standing.forget();
    this.#orders = [];
    for (const listener of [...this.#places.keys()]) listener.end();
  }

  /** Holds everything but orders back, or lets it go on. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (!isHeld) this.#work();
  }

  /** Everything that can leave by now has left. */
  async idle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  #work(): void {
    this.#isWanted = true;
    this.#working ??= this.#rounds().finally(() => {
      this.#working = undefined;
      if (this.#isWanted) this.#work();
    });
  }

  /** Goes on until nobody can be sent anything more. After a failure whatever comes next tries again. */
  async #rounds(): Promise<void> {
    try {
      // What comes in the same moment goes the same way.
      await Promise.resolve();
      while (this.#isWanted) {
        this.#isWanted = false;
        await this.#sendOrders();
        if (!this.#isHeld && (await this.#sendEvents())) this.#isWanted = true;
      }
      this.#failure = undefined;
    } catch (error) {
      this.#isWanted = false;
      const message = error instanceof Error ? error.message : "";
      const isKnown = this.#failure === message;
      this.#failure = message;
      // It is tried ten times a second: the same failure is told of once.
      if (!isKnown) this.#options.onError(error);
    }
  }

  /** Orders say nothing, so they leave even while everything is held: they are what clears a screen. */
  async #sendOrders(): Promise<void> {
    for (let order = this.#orders[0]; order; order = this.#orders[0]) {
      const boards = [...this.#places.keys()].filter(({ board }) => board !== undefined && isFor(order, board));
      await this.#sendOrder(boards.map((listener) => ({ listener, order })));
      this.#orders = this.#orders.filter((each) => each !== order);
    }
    const comers = [...this.#places].filter(([, { isNew }]) => isNew);
    const cleared = comers.flatMap(([listener]) => {
      const order = listener.board === undefined ? undefined : this.#standing.clearing(listener.board);
      return order ? [{ listener, order }] : [];
    });
    if (cleared.length > 0) await this.#sendOrder(cleared);
    for (const [, place] of comers) place.isNew = false;
  }

  async #sendOrder(sendings: readonly { readonly listener: Listener; readonly order: LiveEvent }[]): Promise<void> {
    await this.#options.record(
      sendings.map(({ listener: { board = "", line = "" }, order: { id, kind } }) => {
        return { board, line, events: [], order: { id, kind } };
      }),
    );
    for (const { listener, order } of sendings) {
      const place = this.#places.get(listener);
      if (place) place.isNew = false;
      this.#write(listener, frame(order.kind, "{}"));
    }
  }

  /** @returns whether there is more to be sent */
  async #sendEvents(): Promise<boolean> {
    const due = await this.#due();
    const breach = due.map(({ outgoing }) => breachOf(outgoing)).find((found) => found !== undefined);
    if (breach !== undefined) {
      this.#isHeld = true;
      this.#options.onBreach(breach);
      return false;
    }
    const pushes = due.flatMap(({ listener, outgoing }) => pushOf(listener, outgoing));
    if (pushes.length > 0) await this.#options.record(pushes);
    // Whoever ordered a halt meanwhile means this too.
    if (this.#isHeld) return false;
    for (const { listener, outgoing, cursor, wantsScreen } of due) {
      const place = this.#places.get(listener);
      if (!place) continue;
      place.cursor = cursor;
      place.wantsScreen = wantsScreen;
      const texts = outgoing.frames.map(({ text }) => text);
      if (outgoing.screen !== undefined) texts.push(frame("screen", JSON.stringify({ html: outgoing.screen })));
      if (texts.length > 0) this.#write(listener, texts.join(""));
    }
    return [...this.#places.values()].some(({ cursor, isFull }) => cursor < this.#last && !isFull);
  }

  /** What is to leave next, for everybody who can take it. */
  async #due() {
    const last = this.#last;
    const waiting = [...this.#places].filter(
      ([, { cursor, isFull, wantsScreen }]) => !isFull && (cursor < last || wantsScreen),
    );
    const pages = new Map<number, readonly LiveEvent[]>();
    for (const [, { cursor }] of waiting) {
      if (!pages.has(cursor)) pages.set(cursor, await this.#news.between(cursor, last, AT_ONCE));
    }
    const concerned = new Map<LiveEvent, ReadonlySet<Listener>>();
    const texts = new Map<LiveEvent, Map<string, string>>();
    return waiting.map(([listener, { cursor, wantsScreen }]) => {
      const page = pages.get(cursor) ?? [];
      const frames = page
        .filter((event) => {
          const set = concerned.get(event) ?? this.#router.concerned(event);
          concerned.set(event, set);
          return set.has(listener);
        })
        .map((event) => ({ event, text: textOf(event, listener.asked, texts) }));
      const reached = page.length < AT_ONCE ? last : (page.at(-1)?.id ?? last);
      const isOld = listener.board !== undefined && (frames.length > 0 || wantsScreen);
      const isScreen = isOld && reached === last;
      const screen =
        isScreen && !this.#standing.clearing(listener.board ?? "") ? this.#options.screenOf(listener.asked) : "";
      const outgoing = { asked: listener.asked, frames, ...(screen === "" ? {} : { screen }) };
      return { listener, cursor: reached, outgoing, wantsScreen: isOld && !isScreen };
    });
  }

  #write(listener: Listener, text: string): void {
    const place = this.#places.get(listener);
    if (place && !listener.write(text)) place.isFull = true;
  }
}

/** The text of an event for those who asked for the same; made once. */
function textOf(event: LiveEvent, asked: readonly string[], made: Map<LiveEvent, Map<string, string>>): string {
  const texts = made.get(event) ?? new Map<string, string>();
  made.set(event, texts);
  const key = asked.join(" ");
  const text = texts.get(key) ?? frame(event.kind, shareOf(event, asked), event.id);
  texts.set(key, text);
  return text;
}

function pushOf({ board, line = "" }: Listener, { frames, screen }: Outgoing): Push[] {
  if (board === undefined || (frames.length === 0 && screen === undefined)) return [];
  const events = frames.map(({ event }) => event.id);
  return [{ board, line, events, ...(screen === undefined ? {} : { screen }) }];
}
