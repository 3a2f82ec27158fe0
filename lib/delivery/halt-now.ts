import { openStore } from "#lib/access/open-vault.ts";
import type { Reach, Scope } from "#lib/model/delivery.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { haltAll, scopeOf, type Target } from "./control.ts";

/** Halts with nothing but the store: whatever else this module loaded, the wrong message would go on leaving meanwhile. */
export async function haltNow(
  environment: Environment,
  target: Target,
  order: { readonly why: string; readonly by: string; readonly at: number },
): Promise<{ readonly scope: Scope; readonly reach: readonly Reach[] }> {
  const opened = await openStore(environment);
  await using database = opened.database;
  const scope = await scopeOf(database, target);
  return { scope, reach: await haltAll(database, { scope, ...order }) };
}
