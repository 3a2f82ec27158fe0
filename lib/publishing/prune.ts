import { openStore } from "#lib/access/open-vault.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { findSurplus, type Retention, removeSurplus, type Surplus } from "#lib/store/surplus.ts";

/** Shows which publications are to stay no longer and, with a Yes, throws them away. @returns what went, if it did */
export async function pruneSnapshots(
  environment: Environment,
  wanted: Retention,
  approve: (surplus: Surplus) => Promise<boolean>,
): Promise<Surplus | undefined> {
  const opened = await openStore(environment);
  await using database = opened.database;
  const surplus = await findSurplus(database, wanted);
  if (!(await approve(surplus)) || surplus.snapshots.length === 0) return undefined;
  await removeSurplus(database, surplus, Date.now());
  return surplus;
}
