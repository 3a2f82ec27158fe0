import { connect, type Database } from "./dialect.ts";
import { migrate } from "./migrate.ts";

/**
 * Opens the store: a `postgres://` address, or an SQLite file (or `:memory:`), which is made when it is not there. Any
 * number of processes may have it open at once.
 * @throws when it cannot be reached, or when a newer program has had it
 */
export async function openDatabase(location: string): Promise<Database> {
  const database = await connect(location);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
