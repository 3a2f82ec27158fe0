import { openDatabase } from "#lib/store/database.ts";
import { findSurplus, type Retention, removeSurplus, type Surplus } from "#lib/store/surplus.ts";
import { databaseOf, type Environment } from "./environment.ts";

/** Shows which publications are to stay no longer and, with a Yes, throws them away. @returns what went, if it did */
export async function pruneSnapshots(
  environment: Environment,
  wanted: Retention,
  approve: (surplus: Surplus) => Promise<boolean>,
): Promise<Surplus | undefined> {
  await using database = await openDatabase(databaseOf(environment));
  const surplus = await findSurplus(database, wanted);
  if (!(await approve(surplus)) || surplus.snapshots.length === 0) return undefined;
  await removeSurplus(database, surplus);
  return surplus;
}
