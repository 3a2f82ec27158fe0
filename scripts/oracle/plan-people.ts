import type { Dice } from "./dice.ts";
import { IMPACTS } from "./folder.ts";
import { CHANNELS, type ChannelKind, type Person } from "./people.ts";
import { type Behaviour, GOOD, type Habit } from "./receipt.ts";

export const LONG_MS = 20_000;

/** Host 0 is good to everybody; the others have a mood of their own that goes for all who are on them. */
export function peopleOf(dice: Dice, components: readonly string[], hosts: number): readonly Person[] {
  const moods = Array.from({ length: hosts }, () => (dice.chance(0.5) ? moodOf(dice) : undefined));
  const channelOf = (): ChannelKind =>
    dice.chance(0.35) ? dice.pick(["email", "webhook"] as const) : dice.pick(CHANNELS);
  const person = (number: number, channel: ChannelKind, host: number, mood: Behaviour | undefined): Person => ({
    number,
    channel,
    host,
    components: dice.chance(0.4) ? dice.some(components, 0.5) : [],
    topics: dice.chance(0.15) ? ["incidents"] : dice.chance(0.1) ? ["maintenance", "reports"] : [],
    least: dice.chance(0.3) ? dice.pick(IMPACTS) : "none",
    habit: host === 0 && channel !== "email" ? [GOOD] : mood ? [mood] : habitOf(dice, channel),
  });
  const people = Array.from({ length: dice.between(8, 24) }, (_, number) => {
    const host = dice.between(0, hosts - 1);
    return person(number, channelOf(), host, moods[host]);
  });
  // At times very many are on one host, more than anybody opens connections to.
  if (dice.chance(0.4)) {
    const host = dice.between(1, hosts - 1);
    // Longer than anybody waits for an answer: what waits behind it must not leave once nobody waits any more.
    const mood: Behaviour = dice.chance(0.2) ? { kind: "hang", forMs: LONG_MS } : moodOf(dice);
    const channel = dice.pick(["webhook", "webhook", "slack", "email"] as const);
    for (let more = dice.between(20, 60); more > 0; more -= 1) {
      people.push({ ...person(people.length, channel, host, mood), components: [], topics: [], least: "none" });
    }
  }
  return people;
}

/** How a whole host behaves: slow, hanging or busy. */
function moodOf(dice: Dice): Behaviour {
  return dice.pick<Behaviour>([
    { kind: "answer", status: 200, afterMs: dice.between(20, 300) },
    { kind: "answer", status: 200, afterMs: dice.between(1_000, 3_000) },
    { kind: "hang", forMs: dice.between(1_500, 4_000) },
  ]);
}

const FAILURES: Readonly<Record<"http" | "mail", readonly Behaviour[]>> = {
  http: [
    { kind: "answer", status: 500, afterMs: 0 },
    { kind: "answer", status: 503, afterMs: 10, retryAfter: 30 },
    { kind: "answer", status: 429, afterMs: 0, retryAfter: 5 },
    { kind: "answer", status: 410, afterMs: 0 },
    { kind: "answer", status: 400, afterMs: 0 },
    { kind: "cut-before" },
    { kind: "cut-after" },
    { kind: "hang", forMs: 2_500 },
    { kind: "answer", status: 200, afterMs: 800 },
  ],
  mail: [
    { kind: "answer", status: 450, afterMs: 0 },
    { kind: "answer", status: 421, afterMs: 0 },
    { kind: "answer", status: 550, afterMs: 0 },
    { kind: "answer", status: 552, afterMs: 0 },
    { kind: "cut-before" },
    { kind: "cut-after" },
    { kind: "hang", forMs: 2_500 },
    { kind: "answer", status: 200, afterMs: 800 },
  ],
};

/** Most are good; some fail a few times and are good then. */
function habitOf(dice: Dice, channel: ChannelKind): Habit {
  if (dice.chance(0.6)) return [GOOD];
  const failures = FAILURES[channel === "email" ? "mail" : "http"];
  return [...Array.from({ length: dice.between(1, 2) }, () => dice.pick(failures)), GOOD];
}
