import type { Database } from "./dialect.ts";
import { insertUnknown } from "./insert-unknown.ts";
import type { Tables } from "./schema.ts";

/** What is remembered of a group of alerts. */
export type AlertGroup = Tables["alert_group"];

/** What is remembered of a group; undefined where nothing is. */
export async function alertGroup({ query }: Pick<Database, "query">, id: string): Promise<AlertGroup | undefined> {
  return await query.selectFrom("alert_group").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Changes what is remembered of a group, whoever else does the same: each goes on from what the one before has left. */
export async function changeAlertGroup(
  database: Database,
  id: string,
  change: (known: AlertGroup | undefined) => AlertGroup,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await database.lock(transaction, "alert groups");
    const { id: _, ...group } = change(await alertGroup({ query: transaction }, id));
    await transaction
      .insertInto("alert_group")
      .values({ id, ...group })
      .onConflict((clash) => clash.column("id").doUpdateSet(group))
      .execute();
  });
}

/** Adds groups that another place has kept, all of them or none. Those that are known are left as they are. */
export async function insertAlertGroups(database: Database, groups: readonly AlertGroup[]): Promise<void> {
  await database.transaction(async (transaction) => {
    await database.lock(transaction, "alert groups");
    await insertUnknown(transaction, "alert_group", groups);
  });
}
