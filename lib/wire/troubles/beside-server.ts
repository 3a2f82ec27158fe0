import type { Database } from "#lib/store/dialect.ts";
import type { Environment } from "../environment.ts";
import type { Rounds } from "../go-round.ts";
import { openTransports } from "../transports.ts";
import { openAlarms } from "./alarms.ts";

/** Watches for troubles from the server's process: that no worker runs, no worker can say. */
export function watchBesideServer(
  database: Database,
  environment: Environment,
  told: Parameters<typeof openAlarms>[2] & { readonly site: () => { readonly name: string; readonly url: string } },
): Rounds {
  const { site } = told;
  const alarms = openAlarms(database, environment, told);
  const transports = environment.alerts?.kind === "mail" ? openTransports(environment, { site }) : undefined;
  alarms.watch({ site, email: transports?.by.email });
  return {
    async stop() {
      await alarms.stop();
      await alarms.close();
      await transports?.close();
    },
  };
}
