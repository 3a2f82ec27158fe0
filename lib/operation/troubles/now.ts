import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { timeOf } from "#lib/store/clock/time-of.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { keptTroubles } from "#lib/store/troubles.ts";
import { findTroubles } from "./find.ts";

/** Everything that is wrong at this moment, as sentences with a remedy: what can be seen, and what processes that run have said. */
export async function troublesNow(environment: Environment, now: number): Promise<readonly string[]> {
  await using database = await openDatabase(databaseOf(environment));
  return await troublesIn(database, environment, (await timeOf(database, environment, now)).likely);
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
