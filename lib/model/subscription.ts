import type { Impact } from "./incident.ts";

/** The ways a subscriber can be reached. */
export const CHANNELS = ["email", "webhook", "slack", "discord", "teams", "webpush"] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** The kinds of news a subscriber can choose. */
export const TOPICS = ["incidents", "maintenance", "reports"] as const;
export type Topic = (typeof TOPICS)[number];

/** What a subscriber asked to be told of. */
export interface Interest {
  /** Ids of components; empty means all of them. */
  readonly components: readonly string[];
  readonly topics: readonly Topic[];
  /** Incidents and their reports below this impact are not told; maintenance has none and always is. */
  readonly leastImpact: Impact;
}

/** Whom a notice concerns: what an interest is held against. */
export interface Audience {
  readonly topic: Topic;
  /** Ids of the components concerned; of none in particular, when empty, and then everybody is concerned. */
  readonly components: readonly string[];
  /** Absent for maintenance. */
  readonly impact?: Impact;
}
