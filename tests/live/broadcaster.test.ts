import { describe, expect, test } from "vitest";
import type { LiveEvent } from "#lib/model/live.ts";
import { Broadcaster, type BroadcasterOptions, type Listener, type Push } from "#lib/web/live/broadcaster.ts";

/** An incident's event about some components. */
function event(id: number, ...components: string[]): LiveEvent {
  const named = components.map((each) => ({ id: each, name: each.toUpperCase(), effect: "major_outage" }));
  return { id, at: 0, snapshot: 1, kind: "incident", components, data: { title: `T${id}`, components: named } };
}

function order(id: number, kind: "reload" | "clear", board?: string): LiveEvent {
  return { id, at: 0, snapshot: 0, kind, components: [], data: {}, ...(board === undefined ? {} : { board }) };
}

/** The other end of a connection. */
class Ear implements Listener {
  readonly asked: readonly string[];
  readonly board?: string;
  readonly line = "1";
  readonly heard: string[] = [];
  isFull = false;
  hasEnded = false;

  constructor(asked: readonly string[], board?: string) {
    this.asked = asked;
    if (board !== undefined) this.board = board;
  }

  write(text: string): boolean {
    this.heard.push(...text.split("\n\n").filter(Boolean));
    return !this.isFull;
  }

  end(): void {
    this.hasEnded = true;
  }

  get ids(): number[] {
    return this.heard.flatMap((text) => (/^id: \d+/.exec(text)?.[0] ?? "").split(": ").slice(1).map(Number));
  }

  get names(): string[] {
    return this.heard.map((text) => /event: (\w+)/.exec(text)?.[1] ?? "");
  }
}

function office(options: Partial<BroadcasterOptions> = {}, last = 0) {
  const noted: LiveEvent[] = [];
  const pushes: Push[] = [];
  const breaches: string[] = [];
  const errors: unknown[] = [];
  const broadcaster = new Broadcaster(
    {
      read: async (after, most) => noted.filter(({ id }) => id > after).slice(0, most),
      record: async (some) => void pushes.push(...some),
      screenOf: (asked) => `<ul>${asked.map((id) => `<li data-component="${id}">`).join("")}`,
      onBreach: (message) => breaches.push(message),
      onError: (error) => errors.push(error),
      ...options,
    },
    last,
  );
  const tell = async (...events: LiveEvent[]) => {
    noted.push(...events.filter(({ snapshot }) => snapshot > 0));
    broadcaster.advance(events);
    await broadcaster.idle();
  };
  return { broadcaster, pushes, breaches, errors, noted, tell };
}

describe("who hears what", () => {
  test("everybody hears what they asked for, in order, and of its components only those", async () => {
    const { broadcaster, tell } = office();
    const [all, one, two] = [new Ear([]), new Ear(["api"]), new Ear(["web", "tv"])];
    for (const ear of [all, one, two]) broadcaster.open(ear, undefined);
    await tell(event(1, "api", "web"), event(2, "tv"));
    await tell(event(3));
    expect(all.ids).toEqual([1, 2, 3]);
    expect(one.ids).toEqual([1, 3]);
    expect(two.ids).toEqual([1, 2, 3]);
    expect(one.heard[0]).toContain('"components":[{"id":"api","name":"API","effect":"major_outage"}]');
    expect(all.heard[0]).toContain('"id":"web"');
  });
});

describe("who was away", () => {
  test("who was away hears what it missed, from memory or from the store, once", async () => {
    const { broadcaster, tell, noted } = office();
    await tell(event(1, "api"), event(2, "web"), event(3, "api"));
    const back = new Ear(["api"]);
    broadcaster.open(back, 1);
    await broadcaster.idle();
    expect(back.ids).toEqual([3]);

    const later = office({ read: async (after, most) => noted.filter(({ id }) => id > after).slice(0, most) }, 3);
    const afterRestart = new Ear(["api"]);
    later.broadcaster.open(afterRestart, 0);
    await later.broadcaster.idle();
    expect(afterRestart.ids).toEqual([1, 3]);
  });

  test("many missed events come in their order, part by part", async () => {
    const events = Array.from({ length: 1_700 }, (_, index) => event(index + 1, index % 2 === 0 ? "api" : "web"));
    const { broadcaster, noted } = office({}, 1_700);
    noted.push(...events);
    const [ear, page] = [new Ear(["web"], "lobby"), new Ear(["web"])];
    broadcaster.open(ear, 0);
    broadcaster.open(page, 0);
    await broadcaster.idle();
    // Whoever is not on record begins anew instead.
    expect(page.names).toEqual(["reset"]);
    expect(ear.ids).toEqual(events.filter(({ components }) => components[0] === "web").map(({ id }) => id));
  });

  test("who claims to have had what never was begins anew", async () => {
    const { broadcaster, tell } = office({}, 5);
    const ear = new Ear([]);
    broadcaster.open(ear, 70);
    await tell(event(6));
    expect(ear.names).toEqual(["reset", "incident"]);
    expect(ear.ids).toEqual([5, 6]);
  });

  test("who takes nothing more is left alone, and loses nothing", async () => {
    const { broadcaster, tell } = office();
    const [slow, quick] = [new Ear(["api"]), new Ear(["api"])];
    slow.isFull = true;
    for (const ear of [slow, quick]) broadcaster.open(ear, undefined);
    await tell(event(1, "api"));
    await tell(event(2, "api"));
    expect(slow.ids).toEqual([1]);
    expect(quick.ids).toEqual([1, 2]);
    slow.isFull = false;
    broadcaster.drained(slow);
    await broadcaster.idle();
    expect(slow.ids).toEqual([1, 2]);
  });

  test("who has gone is told nothing", async () => {
    const { broadcaster, tell } = office();
    const ear = new Ear([]);
    broadcaster.open(ear, undefined);
    await tell(event(1));
    expect(broadcaster.close(ear)).toBe(1);
    await tell(event(2));
    expect(ear.ids).toEqual([1]);
  });

  test("a store that was brought back from a copy ends every connection", async () => {
    const { broadcaster, tell } = office({}, 9);
    const ear = new Ear([]);
    broadcaster.open(ear, undefined);
    broadcaster.restart(2);
    expect(ear.hasEnded).toBe(true);
    broadcaster.close(ear);
    const again = new Ear([]);
    broadcaster.open(again, 9);
    await tell(event(3));
    expect(again.names).toEqual(["reset", "incident"]);
  });
});

describe("wallboards", () => {
  test("a board gets its screen at once and with what concerns it, all of it on record before it leaves", async () => {
    const order: string[] = [];
    const { broadcaster, tell, pushes } = office({
      record: async (some) => void order.push(...some.map(({ board }) => `record ${board}`)),
    });
    const ear = new Ear(["api"], "lobby");
    const heard = ear.write.bind(ear);
    ear.write = (text) => {
      order.push("write");
      return heard(text);
    };
    broadcaster.open(ear, undefined);
    await broadcaster.idle();
    await tell(event(1, "web"));
    await tell(event(2, "api"));
    expect(ear.names).toEqual(["screen", "incident", "screen"]);
    expect(ear.heard[0]).toContain(String.raw`<li data-component=\"api\">`);
    expect(order).toEqual(["record lobby", "write", "record lobby", "write"]);
    expect(pushes).toEqual([]);
  });

  test("a board that missed more than is told at once gets its screen at the end, whatever the end concerns", async () => {
    const { broadcaster, noted } = office({}, 1_200);
    noted.push(event(1, "api"), ...Array.from({ length: 1_199 }, (_, index) => event(index + 2, "web")));
    const [ear, none] = [new Ear(["api"], "lobby"), new Ear(["tv"], "hall")];
    broadcaster.open(ear, 0);
    broadcaster.open(none, 0);
    await broadcaster.idle();
    expect(ear.names).toEqual(["incident", "screen"]);
    expect(none.names).toEqual(["screen"]);
  });

  test("what cannot be put on record does not leave, and leaves once it can", async () => {
    let isDown = true;
    const { broadcaster, tell, errors } = office({
      record: () => (isDown ? Promise.reject(new Error("The store is away")) : Promise.resolve()),
    });
    const [ear, page] = [new Ear(["api"], "lobby"), new Ear([])];
    broadcaster.open(ear, undefined);
    broadcaster.open(page, undefined);
    await tell(event(1, "api"));
    await tell();
    expect(ear.heard).toEqual([]);
    // It is tried again and again, and told of once.
    expect(errors.map(String)).toEqual(["Error: The store is away"]);
    expect(broadcaster.hasFailed).toBe(true);
    isDown = false;
    await tell();
    expect(broadcaster.hasFailed).toBe(false);
    expect(ear.names).toEqual(["incident", "screen"]);
    expect(page.ids).toEqual([1]);
  });
});

describe("orders to wallboards", () => {
  test("orders reach the boards they are for, even while everything is held", async () => {
    const { broadcaster, tell, pushes } = office();
    const [pageSource, hall, page] = [new Ear([], "lobby"), new Ear(["api"], "hall"), new Ear([])];
    for (const ear of [pageSource, hall, page]) broadcaster.open(ear, undefined);
    await broadcaster.idle();
    broadcaster.hold(true);
    await tell(event(1, "api"), order(2, "reload"), order(3, "clear", "hall"));
    expect(pageSource.names).toEqual(["screen", "reload"]);
    expect(hall.names).toEqual(["screen", "reload", "clear"]);
    expect(page.names).toEqual([]);
    expect(pushes.slice(2)).toEqual([
      { board: "lobby", line: "1", events: [], order: { id: 2, kind: "reload" } },
      { board: "hall", line: "1", events: [], order: { id: 2, kind: "reload" } },
      { board: "hall", line: "1", events: [], order: { id: 3, kind: "clear" } },
    ]);
    broadcaster.hold(false);
    await broadcaster.idle();
    expect(page.ids).toEqual([1]);
  });

  test("a board that was cleared stays so until it is told to reload", async () => {
    const { broadcaster, tell, pushes } = office();
    const ear = new Ear(["api"], "lobby");
    broadcaster.open(ear, undefined);
    await broadcaster.idle();
    await tell(order(1, "clear", "lobby"), event(2, "api"));
    expect(ear.names).toEqual(["screen", "clear", "incident"]);
    const again = new Ear(["api"], "lobby");
    broadcaster.open(again, 2);
    await broadcaster.idle();
    // It may have been away when it was cleared, or have loaded its page since.
    expect(again.names).toEqual(["clear"]);
    expect(pushes.at(-1)).toEqual({ board: "lobby", line: "1", events: [], order: { id: 1, kind: "clear" } });
    await tell(order(3, "reload"));
    const reloaded = new Ear(["api"], "lobby");
    broadcaster.open(reloaded, 3);
    await broadcaster.idle();
    expect(reloaded.names).toEqual(["screen"]);
  });

  test("a board that comes back while everything is held is cleared too", async () => {
    const { broadcaster, tell } = office();
    await tell(order(1, "clear"));
    broadcaster.hold(true);
    const ear = new Ear(["api"], "lobby");
    broadcaster.open(ear, 0);
    await broadcaster.idle();
    expect(ear.names).toEqual(["clear"]);
  });

  test("an order that a restored store does not know is forgotten", async () => {
    const { broadcaster, tell } = office();
    await tell(order(1, "clear"));
    broadcaster.restart(0);
    const ear = new Ear(["api"], "lobby");
    broadcaster.open(ear, 0);
    await broadcaster.idle();
    expect(ear.names).toEqual(["screen"]);
  });
});

describe("the guard", () => {
  /** As in the incident of 2017: everything goes to everybody. */
  class BrokenRouter {
    readonly #all = new Set<Listener>();
    add = (listener: Listener) => void this.#all.add(listener);
    remove = (listener: Listener) => void this.#all.delete(listener);
    concerned = () => this.#all;
  }

  test("a router that sends everything to everybody reaches nobody", async () => {
    const { broadcaster, tell, breaches, pushes } = office({ router: new BrokenRouter() });
    const ears = [new Ear(["api"], "lobby"), new Ear(["web"], "hall"), new Ear([])];
    for (const ear of ears) broadcaster.open(ear, undefined);
    await broadcaster.idle();
    const before = pushes.length;
    await tell(event(1, "api"));
    expect(breaches).toEqual(["Event 1 would have reached a connection that did not ask for it."]);
    expect(ears.map(({ ids }) => ids)).toEqual([[], [], []]);
    expect(pushes.length).toBe(before);
    await tell(event(2, "web"), order(3, "reload"));
    expect(ears.map(({ names }) => names.at(-1))).toEqual(["reload", "reload", undefined]);
    expect(broadcaster.isHeld).toBe(true);
  });

  test("a screen with somebody else's component does not leave", async () => {
    const { broadcaster, breaches } = office({ screenOf: () => '<li data-component="web">' });
    const ear = new Ear(["api"], "lobby");
    broadcaster.open(ear, undefined);
    await broadcaster.idle();
    expect(breaches).toEqual(["A screen would have shown a component that it did not ask for."]);
    expect(ear.heard).toEqual([]);
  });
});
