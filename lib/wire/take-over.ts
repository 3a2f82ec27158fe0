import { takeOverTokens } from "#lib/access/old-tokens.ts";
import { takeOverAlerts } from "#lib/content/folder/old-alerts.ts";
import type { Database } from "#lib/store/dialect.ts";
import { takeOverRequests } from "#lib/web/old-requests.ts";

/**
 * Puts what this machine alone has kept into the database, so that every other server knows it from the start. What does not
 * let itself be read is said again whenever it is needed; readers are served meanwhile.
 */
export async function takeOverFiles(
  database: Database,
  data: string,
  onError: (error: unknown, where: string) => void,
): Promise<void> {
  await takeOverTokens(database, data).catch((error: unknown) => onError(error, "tokens.json"));
  await takeOverAlerts(database, data).catch((error: unknown) => onError(error, "alerts"));
  await takeOverRequests(database, data).catch((error: unknown) => onError(error, "requests"));
}
