import type { ChannelKind, Person } from "./people.ts";
import type { Plan } from "./plan.ts";
import { type Behaviour, GOOD } from "./receipt.ts";

/** How the many receivers behave among whom a halt is called, and how many messages have come whole by then. */
interface CrowdPlan {
  readonly many: number;
  readonly behaviour: Behaviour;
  readonly reached: number;
}

const CROWDS = {
  // Fewer than what leaves in waves, and more than twice as many as may be under way to one host.
  hanging: { many: 40, behaviour: { kind: "hang", forMs: 12_000 }, reached: 12 },
  // So many that the halt comes while one message after the other leaves.
  slow: { many: 400, behaviour: { kind: "answer", status: 200, afterMs: 500 }, reached: 80 },
} as const satisfies Record<string, CrowdPlan>;
export type Crowd = keyof typeof CROWDS;

const GOOD_ONES = 8;

/**
 * A world with one publication that is halted while it leaves: receivers that hang or are slow, with good ones among them, all
 * on one channel. The halt is kept until each of them has given up waiting.
 */
export function haltPlan(channel: ChannelKind, crowd: Crowd): Plan {
  const { many, behaviour, reached } = CROWDS[crowd];
  const person = (number: number): Person => ({
    number,
    channel,
    host: number < many ? 1 : 0,
    habit: [number < many ? behaviour : GOOD],
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
    people: Array.from({ length: many + GOOD_ONES }, (_, number) => person(number)),
    requireTls: false,
    steps: [
      { do: "publish", isQuiet: false, changes: [{ change: "open", ...entry, says }] },
      { do: "reached", messages: reached },
      { do: "halt", scope: "all", channel: "", entry: "e1" },
      { do: "wait", ms: CROWDS.hanging.behaviour.forMs + 1_000 },
      { do: "resume" },
      { do: "wait", ms: 500 },
    ],
  };
}
