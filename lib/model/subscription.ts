import type { Impact } from "./incident.ts";

/** The ways a subscriber can be reached, in the order in which they are offered. */
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
  /** Only beginnings, turns and ends: nothing of what is said between them. */
  readonly isEndsOnly?: true;
  /** While an event lasts, at most one message in so many minutes: what came between is in one message. */
  readonly everyMinutes?: number;
  /** What is not critical waits from one time of day to another, in minutes after midnight in the subscriber's zone. */
  readonly quiet?: QuietHours;
  /** What maintenance is ahead, once a week in one message, and nothing else of maintenance. */
  readonly isWeekly?: true;
  /** IANA name of the zone that times are written in; the site's without it. */
  readonly zone?: string;
}

/** From a minute of the day to another; over midnight when `from` is later. The two are never the same. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Whom a notice concerns: what an interest is held against. */
export interface Audience {
  readonly topic: Topic;
  /** Ids of the components concerned; of none in particular, when empty, and then everybody is concerned. */
  readonly components: readonly string[];
  /** Absent for maintenance. */
  readonly impact?: Impact;
  /** Neither a beginning, a turn, nor an end: those who asked for these alone are not told. */
  readonly isBetween?: true;
  /** How announced work goes on: those who asked for the week ahead are not told. */
  readonly isProgress?: true;
}
