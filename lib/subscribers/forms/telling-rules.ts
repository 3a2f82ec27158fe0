import { messagesIn } from "#lib/messages/messages.ts";

/** What somebody is told by what they chose: a row of the table in the guide, in “subscribers --help”, and on the page. */
interface Rule {
  readonly choice: string;
  readonly effect: string;
}

const CHOICES = ["components", "leastImpact", "endsOnly", "pace", "quietHours", "byWeek", "timeZone"] as const;

/**
 * One table for all places that say it; a test holds the guide against it, and the rules against what is sealed.
 * @param locale of the site, or of the command line
 */
export function tellingRules(locale: string): readonly Rule[] {
  const { choice } = messagesIn(locale);
  return CHOICES.map((name) => ({ choice: choice[name], effect: choice[`${name}Effect`] }));
}
