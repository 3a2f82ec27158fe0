import { failure } from "#lib/model/failure.ts";

/**
 * For `catch` on what a request asks of the database before anything is done.
 * @param unknown what nobody knows without it, as it follows “so”
 * @throws with the code `DATABASE_AWAY`
 */
export function orAway(unknown: string): (cause: unknown) => never {
  return (cause) => {
    throw failure("DATABASE_AWAY", `The database does not answer, so ${unknown}. Nothing was done.`, { cause });
  };
}
