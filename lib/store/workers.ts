import type { Database } from "./dialect.ts";

/** When a worker was last heard of, in milliseconds since the epoch; undefined where none ever was since the last ended. */
export async function lastHeardOf({ query }: Database): Promise<number | undefined> {
  const newest = await query
    .selectFrom("worker")
    .select("seen_at")
    .orderBy("seen_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest?.seen_at;
}

/** Whether a worker lives that was started before a moment. All times are milliseconds since the epoch. */
export async function hasOldWorker(
  { query }: Database,
  { startedBefore, seenAfter }: { readonly startedBefore: number; readonly seenAfter: number },
): Promise<boolean> {
  const old = await query
    .selectFrom("worker")
    .select("id")
    .where("started_at", "<", startedBefore)
    .where("seen_at", ">", seenAfter)
    .executeTakeFirst();
  return old !== undefined;
}
