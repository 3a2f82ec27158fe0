import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { confirmTime, timeOf } from "#lib/store/clock/time-of.ts";
import { openDatabase } from "#lib/store/database.ts";

/** Somebody has looked, and says that the clock of this machine is right. @returns whether it was in doubt */
export async function confirmClock(environment: Environment, wall: number): Promise<boolean> {
  await using database = await openDatabase(databaseOf(environment));
  if ((await timeOf(database, environment, wall)).doubt === undefined) return false;
  await confirmTime(database, environment, wall);
  return true;
}
