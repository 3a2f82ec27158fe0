import { type Actor, actorIn, actorText } from "#lib/model/actor.ts";
import { failure } from "#lib/model/failure.ts";
import type { Database } from "#lib/store/dialect.ts";
import { makersOf } from "#lib/store/notices.ts";
import { releaseSeals } from "#lib/store/waves.ts";

/** Who lets a large notice leave. */
export interface Approval {
  readonly notice: string;
  readonly by: Actor;
  /** The names of other tokens that are the same person's. */
  readonly alsoNamed?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Lets a large notice leave, on behalf of a second person: another token than the one that published it, or another
 * account than the one that did. An account does not approve what a token published, as the two may be one person's. Of
 * what the clock tells, whoever published the content is the first person.
 * @returns how many channels it was waiting on
 * @throws when it is the one who made it, or nothing proves that it is another
 */
export async function approve(database: Database, { notice, by, alsoNamed = [], at }: Approval): Promise<number> {
  const makers = await makersOf(database.query, notice);
  if (makers) {
    const maker = actorIn(makers.madeBy);
    const first = [maker?.name ?? makers.madeBy, maker?.for, makers.publishedBy].map((name) => name?.toLowerCase());
    const same = [by.name, ...alsoNamed].find((name) => first.includes(name.toLowerCase()));
    if (same !== undefined) throw refused(`${same} has published this notice.`);
    if (by.kind === "account" && maker?.kind === "token") {
      throw refused(`It was published with the token “${maker.name}”, whose holder may be at this account as well.`);
    }
  }
  return await releaseSeals(database, "awaiting_approval", { notice, by: actorText(by), at });
}

function refused(what: string): Error {
  const message = `${what} A second person has to approve it, with a token of their own: on the operator's page, or by “approve --token”.`;
  return failure("SAME_PERSON", message);
}
