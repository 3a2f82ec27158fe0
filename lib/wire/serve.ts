import { openStore } from "#lib/access/open-vault.ts";
import { watchBesideServer } from "#lib/operation/troubles/beside-server.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { ledgerHead } from "#lib/store/ledger.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { openBounceRoutes } from "#lib/web/bounces.ts";
import type { ReservedPort, Running } from "#lib/web/listening.ts";
import { openLive } from "#lib/web/live/open-live.ts";
import { type Framework, type FrontSettings, openFront } from "#lib/web/open-front.ts";
import { openSubscriptionRoutes } from "#lib/web/subscriptions/routes.ts";
import { writingRoutes } from "#lib/web/writing-routes.ts";
import { takeOverFiles } from "./take-over.ts";

/** Starts the server on what is published, at a port that was taken before. */
export async function serve(
  environment: Environment,
  port: ReservedPort,
  app: Framework,
  settings: FrontSettings & {
    /** Told of what is wrong with delivery; nothing is looked for without it. */
    readonly onAlarm?: (message: string) => void;
  },
): Promise<Running> {
  const { clock = Date.now, onAlarm, onError } = settings;
  const { database } = await openStore(environment);
  // Readers go on seeing what is published; whatever would write into the ledger is refused.
  await ledgerHead(database).catch((error: unknown) => onError(error, "the ledger"));
  await takeOverFiles(database, environment.data, onError);
  const live = await openLive(database, { data: environment.data, clock, onError: (error) => onError(error, "/live") });
  const front = await openFront(openSnapshots(database), app, {
    ...settings,
    live,
    routes: [
      ...writingRoutes(database, environment, settings.clock),
      await openSubscriptionRoutes(database, environment, settings.clock),
      await openBounceRoutes(database, environment, settings.clock),
    ],
  });
  port.answerWith(front.listener);
  const watching =
    onAlarm &&
    (await watchBesideServer(database, environment, {
      clock,
      shown: () => front.site(),
      onAlarm,
      onError: (error) => onError(error, "alarms"),
    }));
  return {
    url: port.url,
    port: port.port,
    async close() {
      await Promise.all([port.close(), live.close(), watching?.stop()]);
      await front.close();
      await database.close();
    },
  };
}
