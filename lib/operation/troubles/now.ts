import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { timeOf } from "#lib/store/clock/time-of.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { keptTroubles } from "#lib/store/troubles.ts";
import { findTroubles } from "./find.ts";

/** What an operator has to know at this moment. */
interface Troubles {
  /** Everything that is wrong, as sentences with a remedy: what can be seen, and what processes that run have said. */
  readonly troubles: readonly string[];
  /** Why the clock is in doubt, as a sentence; undefined where it is not. */
  readonly doubt: string | undefined;
}

/** @param wall what the clock says, in milliseconds since the epoch */
export async function troublesNow(environment: Environment, wall: number): Promise<Troubles> {
  await using database = await openDatabase(databaseOf(environment));
  const { doubt, likely } = await timeOf(database, environment, wall);
  return { troubles: await troublesIn(database, environment, likely), doubt };
}

/** The same of a database that is open. */
export async function troublesIn(
  database: Database,
  { data }: Pick<Environment, "data">,
  now: number,
): Promise<readonly string[]> {
  const found = await findTroubles(database, data, { now, isMoving: () => true });
  const keys = new Set(found.map(({ key }) => key));
  const kept = await keptTroubles(database, now, { fresh: true });
  return [...found, ...kept.filter(({ key }) => !keys.has(key))].map(({ message }) => message);
}
