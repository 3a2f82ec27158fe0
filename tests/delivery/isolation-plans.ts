import fc from "fast-check";
import type { Impact } from "#lib/model/incident.ts";
import type { Topic } from "#lib/model/subscription.ts";

const COMPONENTS = ["api", "web", "mail"];

const interest = fc.record({
  components: fc.subarray(COMPONENTS),
  topics: fc.subarray<Topic>(["incidents", "maintenance", "reports"], { minLength: 1 }),
  leastImpact: fc.constantFrom<Impact>("none", "minor", "major"),
});

const person = fc.record({
  channel: fc.constantFrom("email" as const, "webhook" as const),
  manner: fc.constantFrom("ok", "ok", "ok", "ok", "later", "gone", "drop"),
  interest,
});

const news = fc.record({
  kind: fc.constant("news" as const),
  incident: fc.nat(1),
  component: fc.constantFrom(...COMPONENTS),
  impact: fc.constantFrom<Impact>("minor", "major", "critical"),
  isOver: fc.boolean(),
});

const step = fc.oneof(
  { weight: 4, arbitrary: news },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reword" as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("join" as const), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), who: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("erase" as const), who: fc.nat(7) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("change" as const), who: fc.nat(7), interest }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("work" as const), workers: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("crash" as const), after: fc.integer({ min: 1, max: 4 }) }) },
);

/** What happens in one random world. */
export const plans = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 6 }),
  steps: fc.array(step, { minLength: 2, maxLength: 7 }),
});
export type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;
export type Step = Plan["steps"][number];
export type Person = Plan["people"][number];
