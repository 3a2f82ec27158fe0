import type { ChannelKind, Person } from "./people.ts";
import type { Plan } from "./plan.ts";
import { type Behaviour, GOOD } from "./receipt.ts";

/** How the many receivers behave among whom a halt is called. */
const CROWDS = {
  hanging: { kind: "hang", forMs: 5_000 },
  slow: { kind: "answer", status: 200, afterMs: 1_500 },
} as const satisfies Record<string, Behaviour>;
export type Crowd = keyof typeof CROWDS;

/** Fewer than what leaves in waves, and more than anybody opens connections to. */
const MANY = 40;
const GOOD_ONES = 8;

/**
 * A world with one publication that is halted while it leaves: receivers that hang or are slow, with good ones among them, all
 * on one channel. The halt is kept until each of them has given up waiting.
 */
export function haltPlan(channel: ChannelKind, crowd: Crowd, afterMs: number): Plan {
  const person = (number: number): Person => ({
    number,
    channel,
    host: number < MANY ? 1 : 0,
    habit: [number < MANY ? CROWDS[crowd] : GOOD],
    components: [],
    topics: [],
    least: "none",
  });
  const says = { status: "investigating", text: "We are looking into it. Qxbababali", marker: "Qxbababali" };
  const entry = { entry: "e1", title: "Qxbababake is slow", components: ["api"], impact: "major" } as const;
  return {
    seed: 0,
    components: ["api"],
    hosts: 2,
    people: Array.from({ length: MANY + GOOD_ONES }, (_, number) => person(number)),
    requireTls: false,
    steps: [
      { do: "publish", isQuiet: false, changes: [{ change: "open", ...entry, says }] },
      { do: "wait", ms: afterMs },
      { do: "halt", scope: "all", channel: "", entry: "e1" },
      { do: "wait", ms: CROWDS.hanging.forMs + 1_000 },
      { do: "resume" },
      { do: "wait", ms: 500 },
    ],
  };
}
