import { Dice, marker } from "./dice.ts";
import type { Change } from "./folder.ts";
import { CHANNELS, channelName, type Person } from "./people.ts";
import { LONG_MS, peopleOf } from "./plan-people.ts";
import { Writer } from "./plan-writer.ts";

/** One thing that happens in a world. Milliseconds are of the machine's clock, minutes of the world's. */
export type Step =
  | {
      readonly do: "publish";
      readonly changes: readonly Change[];
      readonly isQuiet: boolean;
      readonly killAfterMs?: number;
    }
  | { readonly do: "wait"; readonly ms: number }
  /** Waits until the receivers have so many messages, whole. */
  | { readonly do: "reached"; readonly messages: number }
  | {
      readonly do: "halt";
      readonly scope: "all" | "channel" | "incident" | "notice";
      readonly channel: string;
      readonly entry: string;
    }
  | { readonly do: "resume" }
  | { readonly do: "restart"; readonly signal: "SIGTERM" | "SIGKILL"; readonly minutes: number }
  | { readonly do: "jump"; readonly minutes: number; readonly forMs: number }
  | { readonly do: "correct"; readonly entry: string; readonly marker: string }
  | { readonly do: "approve" }
  | { readonly do: "leave"; readonly person: number };

/** A world, all of it from one seed. */
export interface Plan {
  readonly seed: number;
  readonly components: readonly string[];
  readonly hosts: number;
  readonly people: readonly Person[];
  /** Who subscribes before anything is published, the others later. */
  readonly steps: readonly Step[];
  /** Mail has to be encrypted and the mail server cannot: no mail may leave. */
  readonly requireTls: boolean;
  /** Clocks jump, and the program is to notice. */
  readonly isClockWatched?: boolean;
  /** More recipients than this on a channel need a second person. */
  readonly approveAbove?: number;
}

/** What kind of worlds are wanted. */
export interface Wish {
  /** Whether a clock may jump while a process runs. */
  readonly withJumps?: boolean;
  /** The most publications. */
  readonly rounds?: number;
}

export function planOf(seed: number, { withJumps = false, rounds: most = 6 }: Wish = {}): Plan {
  const dice = new Dice(seed);
  const components = ["api", "web", "mail", "cdn", "db"].slice(0, dice.between(2, 5));
  const hosts = dice.between(2, 4);
  const people = peopleOf(dice, components, hosts);
  const writer = new Writer(dice, components);
  const steps: Step[] = [];
  const rounds = Math.min(most, dice.between(3, 6));
  const approveAbove = dice.chance(0.2) ? dice.between(1, 10) : undefined;
  let isHalted = false;
  let hasLeft = 0;
  for (let round = 0; round < rounds; round += 1) {
    steps.push({
      do: "publish",
      changes: writer.changes(),
      isQuiet: dice.chance(0.08),
      ...(dice.chance(0.2) ? { killAfterMs: dice.between(150, 600) } : {}),
    });
    if (approveAbove !== undefined && dice.chance(0.7)) {
      steps.push({ do: "wait", ms: dice.between(300, 900) }, { do: "approve" });
    }
    if (dice.chance(0.3)) {
      steps.push(...haltSteps(dice, writer));
      isHalted = true;
    } else {
      steps.push({ do: "wait", ms: dice.between(100, 1_500) });
    }
    if (round === 0 && hangsLong(people)) steps.push({ do: "wait", ms: LONG_MS });
    if (dice.chance(0.25)) {
      const signal = dice.chance(0.7) ? "SIGKILL" : "SIGTERM";
      steps.push({ do: "restart", signal, minutes: dice.pick([0, 2, 10, 45]) });
    }
    if (withJumps && dice.chance(0.15)) {
      steps.push({ do: "jump", minutes: dice.pick([-1_440, -60, 60, 4_320]), forMs: dice.between(200, 900) });
    }
    if (isHalted && dice.chance(0.6)) {
      steps.push({ do: "resume" });
      isHalted = false;
    }
    if (dice.chance(0.2)) steps.push({ do: "correct", entry: writer.latest, marker: marker(9_000 + round) });
    if (dice.chance(0.15)) {
      steps.push({ do: "leave", person: hasLeft });
      hasLeft += 1;
    }
  }
  return {
    seed,
    components,
    hosts,
    people,
    steps,
    requireTls: dice.chance(0.05),
    ...(approveAbove === undefined ? {} : { approveAbove }),
    ...(withJumps ? { isClockWatched: true } : {}),
  };
}

const hangsLong = (people: readonly Person[]) =>
  people.some(({ habit }) => habit.some((each) => each.kind === "hang" && each.forMs === LONG_MS));

function haltSteps(dice: Dice, writer: Writer): readonly Step[] {
  const before: Step = { do: "wait", ms: dice.between(0, 700) };
  const scope = dice.pick(["all", "all", "channel", "incident", "notice"] as const);
  const halt: Step = { do: "halt", scope, channel: channelName(dice.pick(CHANNELS)), entry: writer.latest };
  return dice.chance(0.6) ? [before, halt, { do: "wait", ms: dice.between(2_000, 5_000) }] : [before, halt];
}
