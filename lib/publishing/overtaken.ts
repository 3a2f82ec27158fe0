import { failure, isFailure } from "#lib/model/failure.ts";
import type { Prepared } from "./announcer.ts";

/** As often it is worked out again: whoever notes something at the same moment is through by then. */
const TRIES = 5;

/**
 * Does what was prepared. Where somebody else has only taken note of something meanwhile, as a worker does after each
 * publication, it is worked out again: as long as the same would be told to as many, nothing has overtaken it.
 * @throws when something else was published or told meanwhile
 */
export async function unlessOvertaken<T>(
  prepared: Prepared | undefined,
  prepare: () => Promise<Prepared | undefined>,
  act: (ready: Prepared | undefined) => Promise<T>,
): Promise<T> {
  let ready = prepared;
  for (let tries = 1; ; tries += 1) {
    try {
      return await act(ready);
    } catch (error) {
      if (!isFailure(error, "NOTED_MEANWHILE")) throw error;
      ready = await prepare();
      if (tries < TRIES && nameOf(ready) === nameOf(prepared)) continue;
      throw failure("OVERTAKEN", (error as Error).message, { cause: error });
    }
  }
}

/** A name for exactly what would be told, and to how many. */
function nameOf(prepared: Prepared | undefined): string {
  const told = (prepared?.previews ?? []).map(({ notice: { madeAt: _, ...notice }, recipients }) => [
    notice,
    recipients,
  ]);
  return JSON.stringify([told, prepared?.problems]);
}
