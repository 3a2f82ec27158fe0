import { type Rounds, runEvery } from "#lib/delivery/run-every.ts";
import { openTransports } from "#lib/delivery/transports.ts";
import type { Site } from "#lib/model/site.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { watchClock } from "../watched-clock.ts";
import { openAlarms } from "./alarms.ts";
import { overdueUpdates } from "./overdue-updates.ts";

/** How often the clock is looked at, in milliseconds. */
const CHECK_MS = 5_000;

/** Watches for troubles from the server's process: that no worker runs, no worker can say; what readers see, it knows. */
export async function watchBesideServer(
  database: Database,
  environment: Environment,
  { shown, ...told }: Parameters<typeof openAlarms>[2] & { readonly shown: () => Site },
): Promise<Rounds> {
  const site = () => shown().config;
  const watched = await watchClock(database, environment, told.clock);
  const alarms = openAlarms(database, environment, { ...told, clock: watched.clock });
  const checking = runEvery(() => watched.check(), { everyMs: CHECK_MS, onError: told.onError });
  const transports = environment.alerts?.kind === "mail" ? openTransports(environment, { site }) : undefined;
  alarms.watch({
    site,
    email: transports?.by.email,
    own: () => [...watched.troubles(), ...overdueUpdates(shown(), watched.clock())],
  });
  return {
    async stop() {
      await Promise.all([checking.stop(), alarms.stop()]);
      await alarms.close();
      await transports?.close();
    },
  };
}
