import { failure } from "#lib/model/failure.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Site } from "#lib/model/site.ts";
import { type Announcement, type AnnounceOptions, announce } from "./notices/announce.ts";
import type { KnownEvent } from "./notices/known.ts";

/** Of what happened after the backup, the slugs that subscribers are to be told of; none of the others. */
export type Decision = readonly string[];

/** What a database that was brought back takes for news, and what becomes of it. */
export interface AfterRestore extends Announcement {
  /** Everything that may have been told before the database was brought back, each to be decided by a person. */
  readonly asked: readonly Notice[];
  /** Nobody has decided yet: then nothing may be told or noted. */
  readonly isUndecided: boolean;
}

/**
 * What a database that was brought back from a copy takes for news was told before, or never: nobody but a person knows.
 * However long ago it happened, it is asked about, and then told or noted in silence as was decided.
 */
export function announceRestored(
  site: Site,
  known: readonly KnownEvent[],
  settings: Omit<AnnounceOptions, "isQuiet">,
  decision: Decision | undefined,
): AfterRestore {
  const loud = announce(site, known, { ...settings, announceWithinMs: Number.POSITIVE_INFINITY, isQuiet: false });
  const silent = announce(site, known, { ...settings, isQuiet: true });
  const strange = decision?.find((slug) => !loud.notices.some(({ event }) => event.slug === slug));
  if (strange !== undefined) {
    const slugs = [...new Set(loud.notices.map(({ event }) => event.slug))];
    const message = `There is nothing to decide on about “${strange}”. To be decided on: ${slugs.join(", ") || "nothing"}.`;
    throw failure("UNDECIDED", message);
  }
  const told = loud.notices.filter(({ event }) => decision?.includes(event.slug));
  const ids = new Set(told.map(({ event }) => event.id));
  const loudly = new Map(loud.known.map((event) => [event.id, event]));
  return {
    notices: told,
    known: silent.known.map((event) => (ids.has(event.id) ? (loudly.get(event.id) ?? event) : event)),
    notTold: loud.notTold,
    unclear: loud.unclear.filter(({ slug }) => decision?.includes(slug)),
    asked: loud.notices,
    isUndecided: loud.notices.length > 0 && decision === undefined,
  };
}

/** @throws with the code `UNDECIDED`, as long as something has to be decided that nobody has decided */
export function refuseUndecided(asked: readonly { readonly notice: Notice }[]): never {
  const slugs = [...new Set(asked.map(({ notice }) => notice.event.slug))];
  const message = `The database was restored from a copy, and whether subscribers know of this, nobody can say here: ${slugs.join(", ")}. Nothing was published. Say what is to be told: --tell <slug> for each that is (the others are not), or --tell-none.`;
  throw failure("UNDECIDED", message);
}
