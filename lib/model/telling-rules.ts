/** What somebody is told by what they chose: the rows of the table in the guide, in “subscribers --help”, and on the page. */
export interface Rule {
  readonly choice: string;
  readonly effect: string;
}

/** One table for all places that say it; a test holds the guide against it, and the rules against what is sealed. */
export const RULES: readonly Rule[] = [
  {
    choice: "some components",
    effect: "what affects one of them, has affected one, or names no component at all",
  },
  {
    choice: "least impact",
    effect:
      "incidents that are or have been at least so bad, and their reports; maintenance has no impact and is always told",
  },
  {
    choice: "begin and end only",
    effect:
      "new incidents and their ends; an update only when an incident is worse than ever before, reaches further, or goes on after its end. Maintenance: planned, moved, cancelled, begun, ended; no reminders and updates",
  },
  {
    choice: "a message every so many minutes",
    effect:
      "beginnings, turns and ends at once; an update not before so many minutes after the last message about the incident, all that came meanwhile in one message",
  },
  {
    choice: "quiet hours",
    effect:
      "what is not critical waits until they are over, and what belongs together is one message then; critical impact does not wait",
  },
  {
    choice: "maintenance by week",
    effect:
      "what was planned, moved or cancelled, on Mondays at 8:00 in one message; at once when it begins before that. Nothing of how it goes on",
  },
  {
    choice: "time zone",
    effect: "times in messages, quiet hours and Mondays are of this zone; otherwise of the site's",
  },
];
